// The part of the `edtf` package's interface that Constat uses; the package ships no types.
declare module 'edtf' {
  /** A parsed date, interval, season or list; `min` and `max` are milliseconds since 1970 UTC, or ±Infinity. */
  export interface ExtendedDate {
    type: 'Date' | 'Year' | 'Decade' | 'Century' | 'Season' | 'Interval' | 'Set' | 'List';
    min: number | null;
    max: number | null;
    edtf: string;
  }
  export default function edtf(text: string): ExtendedDate;
}
