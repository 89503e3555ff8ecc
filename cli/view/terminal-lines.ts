import pc from 'picocolors';
import type { ViewEvent } from './event';
import { cut, duration, isWorthALine, shortName, summaryLines } from './words';

const NAME = 34;

/** What of an event stays on a terminal: how runs ended, and what somebody has to read. */
export function terminalLines(event: ViewEvent, columns: number): readonly string[] {
  switch (event.event) {
    case 'run-succeeded': {
      const { run, made, seconds, image } = event;
      const digest = /@(sha256:[0-9a-f]{12})/.exec(image)?.[1] ?? '';
      const took = `${made || 'done'} in ${duration(seconds)}`;
      return [
        cut(`✔ ${shortName(run).padEnd(NAME)} ${took.padEnd(22)} ${digest}`.trimEnd(), columns).replace('✔', pc.green('✔')),
      ];
    }
    case 'run-failed':
      return [pc.red(`✖ ${event.lines[0] ?? ''}`), ...event.lines.slice(1)];
    case 'object':
      return isWorthALine(event) ? [cut(`${event.operation} ${event.kind} ${event.path}`, columns)] : [];
    case 'message': {
      const [first = '', ...others] = event.lines;
      const colour = event.severity === 'error' ? pc.red : event.severity === 'warning' ? pc.yellow : String;
      return [colour(event.severity === 'info' ? first : `${event.severity}: ${first}`), ...others];
    }
    case 'ended':
      return summaryLines(event);
    default:
      return [];
  }
}
