import { applyLayer } from '../../bench/commands';

test('commands are the names in the folders of PATH, without those that a layer above takes away', () => {
  const found = new Set<string>();
  applyLayer(found, [
    './usr/bin/',
    './usr/bin/perl',
    'bin/sh',
    '/usr/sbin/cron',
    'usr/local/bin/mine',
    'usr/share/bin/no',
    'usr/bin/X11/no',
  ]);
  applyLayer(found, ['usr/sbin/.wh.cron', 'usr/bin/.wh.perl', 'usr/bin/perl']);
  expect([...found]).toEqual(['bin/sh', 'usr/local/bin/mine', 'usr/bin/perl']);
});
