# ask.pl URL PATH...: what a server answers, a line of JSON each, after it has answered at all. Without what differs with time and release.
use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;

my $server = shift;
my $http = HTTP::Tiny->new(max_redirect => 0, timeout => 20);
my $json = JSON::PP->new->canonical;
my $patience = 300;
while ($http->get($server)->{status} == 599) {
    die "$server does not answer\n" unless $patience--;
    select undef, undef, undef, 0.2;
}
for my $path (@ARGV) {
    my $answer = $http->get($server . $path);
    my %headers = %{ $answer->{headers} };
    delete @headers{qw(date etag server x-powered-by)};
    s/^\Q$server\E// for values %headers;
    print $json->encode({ path => $path, status => $answer->{status} + 0, headers => \%headers, text => $answer->{content} }), "\n";
}
