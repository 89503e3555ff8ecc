import { buildConfigProblems } from '../../../lib/buildpacks/specification/build-config';
import { builderProblems } from '../../../lib/buildpacks/specification/builder';
import { buildpackProblems } from '../../../lib/buildpacks/specification/buildpack';
import {
  buildImageProblems,
  runImageProblems,
  stackImagesProblems,
  targetIdProblems,
} from '../../../lib/buildpacks/specification/images';
import { buildRunProblems } from './phases';
import { runImageNameProblems } from '../../../lib/buildpacks/specification/run-images';

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
