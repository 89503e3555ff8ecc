#!/usr/bin/perl
# How many notes there are, and the sum of each.
use strict;
use warnings;
use lib "$ENV{HOME}/perl5/lib/perl5";
use DBI;
use Fnv1a;

my $db = DBI->connect("dbi:SQLite:$ENV{HOME}/notes.db", '', '', { RaiseError => 1 });
my $words = $db->selectcol_arrayref('select word from notes order by word');
print scalar @$words, " notes\n";
printf "%s %u\n", $_, Fnv1a::fnv1a($_) for @$words;
