#!/usr/bin/perl
# The web application of the contract for the generic runner: it answers, and it runs checks with the environment that it was given.
use strict;
use warnings;
use IO::Socket::INET;

# The first process of a container is spared by signals for which it has no handler.
$SIG{TERM} = sub { exit 0 };
# Whoever asked may not wait for the answer.
$SIG{PIPE} = 'IGNORE';
$| = 1;
my $server = IO::Socket::INET->new(Listen => 16, LocalAddr => '0.0.0.0', LocalPort => $ENV{PORT}, ReuseAddr => 1)
  or die "port $ENV{PORT}: $@\n";
while (1) {
    my $client = $server->accept or next;
    my $request = <$client> // '';
    while (my $header = <$client>) { last if $header =~ /^\r?$/ }
    my ($path) = $request =~ m{^GET (\S+) HTTP/};
    print 'GET ', $path // 'nothing', "\n";
    my $answer = 'the contract';
    $answer = qx{/bin/bash -c "\$CONTRACT_RUN" 2>&1} if ($path // '') eq '/checks';
    print $client "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ", length $answer, "\r\n\r\n", $answer;
    close $client;
}
