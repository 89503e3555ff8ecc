/** Packages that do not change with their source: how often a year they do, and why. Layer plans keep them apart from the others of it. */
export const steadyPackages: Readonly<Record<string, { readonly rate: number; readonly because: string }>> = {
  'locales-all': {
    rate: 0.8,
    because: 'from glibc 2.36-9+deb12u7 to deb12u14, one locale changed in seven updates, and the changelog with each',
  },
};
