/** The node's network, for programs of tests that pods are to call. */
import { execFileSync } from 'node:child_process';

/** The words that run a program in the node's network; it ends when this process does, however that ends. */
export function inNodeNetwork(node: number, program: readonly string[]): [string, string[]] {
  return ['setpriv', ['--pdeathsig', 'KILL', 'nsenter', '--target', String(node), '--net', '--', ...program]];
}

/** What pods may call on the node beside the platform's own, until it is closed again. */
export class Opening {
  /** @param match - the words by which iptables knows it */
  constructor(
    private readonly node: number,
    private readonly match: readonly string[],
  ) {}

  open(): void {
    this.rule('-I');
  }

  /** That of a test that was killed, too. */
  close(): void {
    while (this.isOpen()) this.rule('-D');
  }

  private isOpen(): boolean {
    try {
      this.rule('-C');
      return true;
    } catch {
      return false;
    }
  }

  private rule(action: '-C' | '-D' | '-I'): void {
    const [program, words] = inNodeNetwork(this.node, ['iptables', '-w', action, 'CSB-PODS', ...this.match, '-j', 'RETURN']);
    execFileSync(program, words, { stdio: 'ignore' });
  }
}
