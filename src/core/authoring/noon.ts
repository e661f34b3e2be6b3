/** The time of day that is meant where an example writes none. */
export const NOON = '12:00';
