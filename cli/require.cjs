/**
 * What `node --require` reads before TypeScript: tsx compiles our files, and Node itself loads those of packages. tsx alone would look into each
 * file of a package: Pulumi's and Kubernetes' are thousands. ES modules, which Node before 20.19 cannot be asked for so, are tsx's.
 */
const Module = require('node:module');

const ofNode = Module._extensions['.js'];
require('tsx/cjs');
const ofTsx = Module._extensions['.js'];

Module._extensions['.js'] = (module, file) => {
  if (!file.includes('/node_modules/')) return ofTsx(module, file);
  try {
    return ofNode(module, file);
  } catch (error) {
    if (error.code !== 'ERR_REQUIRE_ESM') throw error;
    return ofTsx(module, file);
  }
};
