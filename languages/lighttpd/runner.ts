import { script } from '../../lib/tekton/script';
import { mediaTypes } from './media-types';

/** The text of /usr/bin/webservice-runner, for images with and without PHP or Perl. */
export const lighttpdRunner = script(__dirname, 'runner.sh').replace('@MEDIA_TYPES@', () => {
  const lines = mediaTypes().map(([suffix, type]) => `  "${suffix}" => "${type}",`);
  return ['mimetype.assign = (', ...lines, ')'].join('\n');
});
