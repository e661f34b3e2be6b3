// The library has no types of its own; these name what is used of it, and no more.
declare module '@lhncbc/ucum-lhc' {
  export interface Unit {
    /** Null for what is no more than a number. */
    readonly dim_: { isZero(): boolean; isNull(): boolean } | null;
    /** Amount of substance and equivalents are not among the library's dimensions. */
    readonly moleExp_: number;
    readonly equivalentExp_: number;
    /** The function of a unit that is not on a ratio scale, such as `Cel`. */
    readonly cnv_: string | null;
    /** @throws Error for arbitrary units, and for units of other dimensions */
    convertFrom(value: number, from: Unit): number;
  }

  export class UcumLhcUtils {
    readonly uStrParser_: {
      /**
       * @returns the unit, or null; the text as it was understood; what was wrong with it, or was guessed
       * @throws Error when the text is nothing like a unit
       */
      parseString(
        text: string,
        use: 'validate' | 'convert',
        suggest: boolean,
      ): readonly [unit: Unit | null, understood: string | null, messages: readonly string[]];
    };
    detectConversionType(from: Unit, to: Unit): 'normal' | 'mol|mass' | 'eq|mass' | 'eq|mol' | 'eq|mol|mass';
  }
}
