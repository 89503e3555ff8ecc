#!/usr/bin/perl
# Serves the files of public_html. Of Perl it needs what every Debian has.
use strict;
use warnings;
use IO::Socket::INET;

$SIG{TERM} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(Listen => 16, LocalAddr => '0.0.0.0', LocalPort => $ENV{PORT}, ReuseAddr => 1) or die "port $ENV{PORT}: $@\n";
while (1) {
    my $client = $server->accept or next;
    my $request = <$client> // '';
    while (my $header = <$client>) { last if $header =~ /^\r?$/ }
    my ($path) = $request =~ m{^GET /([a-z.]*) HTTP/};
    my ($status, $type, $text) = ('404 Not Found', 'text/plain', "not here\n");
    if (defined $path and open my $file, '<:raw', 'public_html/' . ($path || 'index.html')) {
        ($status, $type, $text) = ('200 OK', $path =~ /zst$/ ? 'application/zstd' : 'text/html', do { local $/; <$file> });
    }
    print $client "HTTP/1.0 $status\r\nContent-Type: $type\r\nContent-Length: ", length $text, "\r\n\r\n", $text;
    close $client;
}
