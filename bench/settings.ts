export interface Settings {
  /** How often each side is measured. */
  readonly rounds: number;
  /** Short rounds, to see that it runs: its figures are for nobody. */
  readonly quick: boolean;
}
