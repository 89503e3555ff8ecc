# The web application of the contract for Ruby: it answers, and it runs checks with the environment that it was given.
require 'socket'

$stdout.sync = true
Signal.trap('TERM') { exit 0 }
server = TCPServer.new('0.0.0.0', Integer(ENV.fetch('PORT')))
loop do
  client = server.accept
  path = client.gets.to_s[/\AGET (\S+) HTTP/, 1]
  nil until client.gets.to_s.strip.empty?
  puts "GET #{path}"
  answer = 'the contract'
  answer = IO.popen(['/bin/bash', '-c', ENV.fetch('CONTRACT_RUN'), { err: %i[child out] }], &:read) if path == '/checks'
  client.write("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: #{answer.bytesize}\r\n\r\n", answer)
rescue SystemCallError
  # Whoever asked may not wait for the answer.
ensure
  client&.close
end
