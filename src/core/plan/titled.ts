/** A sentence after its title, which has a full stop where it does not end as a sentence itself. */
export const titled = (title: string, says: string): string =>
  `${title}${/[.?!]$/.test(title) ? '' : '.'} ${says}`;
