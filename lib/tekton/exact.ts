type KeysOf<T> = T extends unknown ? keyof T : never;
type FieldOf<T, K> = T extends object ? (K extends keyof T ? T[K] : never) : never;

/**
 * What T says of S, where fields that T does not know are `never`: `S & Exact<S, T>` is what S may be.
 *
 * TypeScript checks for excess fields only where a literal stands for a type at once. What a callback returns, and what a type parameter
 * is inferred from, may have any: `readOnyl: ['work']` would compile, and be dropped.
 *
 * It looks into objects and lists; fields that may have any name (an index signature) are left alone.
 *
 * @example
 * ```ts
 * declare function steps<const S extends readonly Step[]>(make: () => S & Exact<S, readonly Step[]>): void;
 * ```
 */
export type Exact<S, T> = S extends string | number | boolean | undefined
  ? S
  : S extends readonly unknown[]
    ? { readonly [I in keyof S]: Exact<S[I], T extends readonly (infer E)[] ? E : never> }
    : S extends object
      ? string extends KeysOf<T>
        ? S
        : { readonly [K in keyof S]: K extends KeysOf<T> ? Exact<S[K], FieldOf<T, K>> : never }
      : S;
