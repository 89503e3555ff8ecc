import type { Exact } from './exact';
import type { ArrayParam, ObjectParam, StringParam } from './params';
import type { StructuredResult } from './results';
import type { Step } from './step';

type ParamOf<S> = S extends { readonly type: 'array' }
  ? ArrayParam
  : S extends { readonly type: 'object' }
    ? ObjectParam
    : StringParam;
type ResultOf<R> = Extract<StructuredResult, Pick<R, keyof R & 'type'>>;

/** Of parameters, nothing that their kinds do not know. */
export type ExactParams<P> = NoInfer<{ readonly [K in keyof P]: Exact<P[K], ParamOf<P[K]>> }>;

/** Of what a task or pipeline says of its parameters and results, nothing that their kinds do not know. */
export interface ExactInterface<P, R = never> {
  readonly params?: ExactParams<P>;
  readonly results?: readonly NoInfer<R extends string ? R : Exact<R, ResultOf<R>>>[];
}

/** Of what a callback returns as steps, nothing that steps do not know. */
export interface ExactSteps<S, V extends string> {
  /** The callback, whatever it is given. */
  readonly steps: (...scope: never) => NoInfer<Exact<S, readonly Step<V>[]>>;
}
