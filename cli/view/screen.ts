import { cursorTo, clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Room } from './tree';

/** What of a terminal is written to. */
export type Terminal = Pick<WriteStream, 'write' | 'columns' | 'rows'> & NodeJS.WritableStream;

/** A terminal whose last lines are painted again and again, below all that stays. */
export class Screen {
  private painted = 0;

  constructor(private readonly terminal: Terminal) {}

  get room(): Room {
    // A terminal that does not know its size says 0.
    return { columns: this.terminal.columns || 80, rows: this.terminal.rows || 24 };
  }

  /** Paints the moving lines, below lines that stay. */
  paint(moving: readonly string[], staying: readonly string[] = []): void {
    if (this.painted > 0) {
      moveCursor(this.terminal, 0, -this.painted);
      cursorTo(this.terminal, 0);
      clearScreenDown(this.terminal);
    }
    this.painted = moving.length;
    this.terminal.write([...staying, ...moving].map((line) => `${line}\n`).join(''));
  }
}
