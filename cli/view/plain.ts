import type { ViewEvent } from './event';
import { duration, isWorthALine, lastTime, summaryLines } from './words';

/** Tells an event in a pipe: whole names, in lines that stand for themselves, and nothing for what only a moving picture needs. */
export class PlainLines {
  /** Runs of which a task has begun. The first asks the registry; only what follows it is worth a line. */
  private readonly asking = new Set<string>();

  of(event: ViewEvent): readonly string[] {
    switch (event.event) {
      case 'run-started':
        return [`run ${event.run} has begun${lastTime(event.expectedSeconds)}`];
      case 'task-started':
        if (this.asking.has(event.run)) return [`run ${event.run}: task ${event.task}${lastTime(event.expectedSeconds)}`];
        this.asking.add(event.run);
        return [];
      case 'object':
        return isWorthALine(event) ? [`${event.operation} ${event.kind} ${event.path}`] : [];
      case 'run-succeeded':
        return [
          `run ${event.run} succeeded: ${event.made || 'done'} in ${duration(event.seconds)}${event.image === '' ? '' : `: ${event.image}`}`,
        ];
      case 'run-failed':
        return event.lines;
      case 'message': {
        const [first = '', ...others] = event.lines;
        return [event.severity === 'info' ? first : `${event.severity}: ${first}`, ...others];
      }
      case 'ended':
        return summaryLines(event);
      default:
        return [];
    }
  }
}
