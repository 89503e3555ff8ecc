import type { ViewEvent } from './event';
import { PlainLines } from './plain';
import { Screen, type Terminal } from './screen';
import { terminalLines } from './terminal-lines';
import { renderTree, type Situation } from './tree';

/** Where events are told. */
export interface Output {
  tell(event: ViewEvent): void;
  /** Shows what moves, when there is anything that can show it. */
  repaint(situation: Situation): void;
}

/** The way that fits where standard output goes: a moving picture on a terminal, lines elsewhere, and data for `--json`. */
export function outputFor(stream: NodeJS.WriteStream, json: boolean): Output {
  const write = (lines: readonly string[]): void => {
    for (const line of lines) stream.write(`${line}\n`);
  };
  if (json)
    return {
      tell: (event) => {
        write([JSON.stringify({ time: new Date().toISOString(), ...event })]);
      },
      repaint: () => undefined,
    };
  if (stream.isTTY && process.env['TERM'] !== 'dumb') return new MovingPicture(stream);
  const plain = new PlainLines();
  return {
    tell: (event) => {
      write(plain.of(event));
    },
    repaint: () => undefined,
  };
}

class MovingPicture implements Output {
  private readonly screen: Screen;
  private moving: readonly string[] = [];

  constructor(terminal: Terminal) {
    this.screen = new Screen(terminal);
  }

  tell(event: ViewEvent): void {
    if (event.event === 'ended') this.moving = [];
    const staying = terminalLines(event, this.screen.room.columns);
    if (staying.length > 0 || event.event === 'ended') this.screen.paint(this.moving, staying);
  }

  repaint(situation: Situation): void {
    this.moving = renderTree(situation, Date.now(), this.screen.room);
    this.screen.paint(this.moving);
  }
}
