#!/bin/bash
# Exactly this minor version, and the modules of all packages, each loaded alone.
set -euo pipefail
# shellcheck disable=SC2016 # Perl's own
has '/usr/bin/perl' "v$CONTRACT_LANGUAGE_VERSION." "$(/usr/bin/perl -e 'printf "v%vd", $^V' 2>&1 || true)"
modules='
BerkeleyDB Bot::BasicBot BSD::Resource Bytes::Random::Secure Cache::Memcached::Fast CGI::Fast Class::Data::Inheritable
common::sense Crypt::GCrypt Crypt::OpenSSL::Bignum Crypt::OpenSSL::RSA Data::Compare Data::Dumper::Simple
DateTime::Format::Duration DateTime::Format::Strptime DBD::mysql DBD::SQLite DBI Digest::CRC Digest::HMAC File::NFSLock
File::Slurp GD HTML::FormatText HTML::HTML5::Entities HTML::Parser HTML::Template HTTP::Message Image::ExifTool
IO::Socket::SSL IPC::Run IRC::Utils JSON JSON::XS Locale::Codes Log::Log4perl LWP::Protocol::https MediaWiki::API
MediaWiki::Bot MIME::Lite Net::Netmask Net::OAuth Net::SSLeay NetAddr::IP Object::Pluggable Parse::MediaWikiDump
PHP::Serialization Pod::Simple::Wiki POE::Component::IRC POE::Component::Syndicator POE::Filter::IRCD POE PPIx::Regexp
Readonly Redis Regexp::Common Socket::GetAddrInfo Sort::Fields String::Diff Task::Weaken Test::Exception Text::Diff
Date::Parse URI::Encode URI WWW::Mechanize LWP XML::Feed XML::LibXML XML::Parser XML::Simple XML::XPathEngine
'
[ "$CONTRACT_LANGUAGE_VERSION" != 5.32 ] || modules+=' DBD::SQLite2'
missing=()
for module in $modules; do
  /usr/bin/perl -e "require $module" > /dev/null 2>&1 || missing+=("$module")
done
same 'modules that cannot be loaded' '' "${missing[*]}"
# The driver finds the library of its database.
has 'libraries of DBD::mysql' libmariadb.so.3 \
  "$(/usr/bin/perl -MDBD::mysql -e 'open F, "<", "/proc/self/maps"; print grep /libmariadb/, <F>' 2>&1 | tail -n 1 || true)"
if [ "$CONTRACT_LANGUAGE_VERSION" = 5.32 ]; then
  has 'python3 -V' 'Python 3.' "$(python3 -V 2>&1 || true)"
fi
