# ask.pl URL PATH...: what a server answers, a line of JSON each: status, type, and text, after it has answered at all.
use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;

my $server = shift;
my $http = HTTP::Tiny->new(max_redirect => 0, timeout => 20);
for (1 .. 100) { last if $http->get($server)->{status} != 599; select undef, undef, undef, 0.2 }
for my $path (@ARGV) {
    my $answer = $http->get($server . $path);
    my ($type, $location) = @{ $answer->{headers} }{qw(content-type location)};
    print JSON::PP->new->canonical->encode({ path => $path, status => $answer->{status} + 0, type => $type, location => $location, text => $answer->{content} }), "\n";
}
