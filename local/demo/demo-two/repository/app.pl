# What a maintainer pushes: an application that knows nothing of the image that it will be in.
use strict;
use warnings;
use IO::Socket::INET;
use JSON::PP;

my $server = IO::Socket::INET->new(LocalPort => $ENV{PORT} // 8000, Listen => 5, ReuseAddr => 1) or die "no port: $@\n";
my $answer = encode_json({ says => 'hello', language => sprintf('Perl %vd', $^V) =~ s/\.\d+$//r, uid => $< + 0, user => scalar getpwuid($<) });
while (my $client = $server->accept) {
    while (defined(my $line = <$client>)) { last if $line =~ /^\r?\n$/ }
    print {$client} "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n$answer";
    close $client;
}
