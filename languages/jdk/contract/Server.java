// The web application of the contract for Java: it answers, and it runs checks with the environment that it was given.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class Server {
  public static void main(String[] arguments) throws IOException {
    InetAddress all = InetAddress.getByAddress(new byte[4]);
    try (ServerSocket server = new ServerSocket(Integer.parseInt(System.getenv("PORT")), 16, all)) {
      while (true) {
        try (Socket client = server.accept()) {
          answer(client);
        } catch (IOException gone) {
          // Whoever asked may not wait for the answer.
        }
      }
    }
  }

  private static void answer(Socket client) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    String[] request = String.valueOf(in.readLine()).split(" ");
    String path = request.length > 1 ? request[1] : "nothing";
    for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {}
    System.out.println("GET " + path);
    byte[] body = path.equals("/checks") ? checks() : "the contract".getBytes(StandardCharsets.UTF_8);
    String head = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length + "\r\n\r\n";
    client.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().write(body);
  }

  private static byte[] checks() throws IOException {
    ProcessBuilder run = new ProcessBuilder("/bin/bash", "-c", System.getenv("CONTRACT_RUN")).redirectErrorStream(true);
    return run.start().getInputStream().readAllBytes();
  }
}
