public class Fnv1a {
  public static long of(String text) {
    int sum = (int) 2166136261L;
    for (byte each : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) sum = (sum ^ (each & 0xff)) * 16777619;
    return sum & 0xffffffffL;
  }
}
