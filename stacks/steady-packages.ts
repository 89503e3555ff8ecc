/** Packages that do not change with their source: how often a year they do, and why. Layer plans keep them apart from the others of it. */
export const steadyPackages: Readonly<Record<string, { readonly rate: number; readonly because: string }>> = {
  'locales-all': {
    rate: 0.8,
    because: 'only its changelog changes when glibc is updated; locales themselves do with some point releases',
  },
};
