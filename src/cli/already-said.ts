/** What was asked for is not as it should be, and all of it has been said: the program ends with 1. */
export class AlreadySaid extends Error {
  override readonly name = 'AlreadySaid';
}
