/** What settings say of Toolforge, as Toolforge's own cluster has it, with the two tools that images are tried as. */
export const TOOLFORGE = {
  project: 'tools',
  mounts: 'admission' as const,
  contractTools: [
    { name: 'one', uid: 50001 },
    { name: 'two', uid: 50002 },
  ] satisfies [object, object],
  demo: false,
};
