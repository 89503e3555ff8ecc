import { buildConfigProblems } from './build-config';
import { builderProblems } from './builder';
import { buildpackProblems } from './buildpack';
import { buildImageProblems, runImageProblems, stackImagesProblems, targetIdProblems } from './images';
import { buildRunProblems } from './phases';
import { runImageNameProblems } from './run-images';

/** Every check of this room by its name, as the requirements refer to it. */
export const CHECKS = {
  buildConfigProblems,
  builderProblems,
  buildpackProblems,
  buildImageProblems,
  buildRunProblems,
  runImageNameProblems,
  runImageProblems,
  stackImagesProblems,
  targetIdProblems,
} as const;
