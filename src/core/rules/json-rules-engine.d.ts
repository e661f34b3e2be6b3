import 'json-rules-engine';

// The library exports these at run time and leaves them out of its types.
declare module 'json-rules-engine' {
  interface Operator {
    evaluate(factValue: unknown, compareToValue: unknown): boolean;
  }
  interface Engine {
    readonly operators: { get(name: string): Operator | null };
  }
}
