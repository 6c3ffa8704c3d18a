package nl.ketendata.server.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of IP addresses.
 *
 * @param text as written: {@code 10.1.0.0/16}, {@code fd00::/8} or one address
 */
public record Subnet(String text) {

  /** Nothing when it is no range; names are not looked up. */
  static Optional<Subnet> parse(String text) {
    Subnet subnet = new Subnet(text.strip());
    return bytes(subnet.base())
        .filter(bytes -> subnet.bits(bytes) >= 0 && subnet.bits(bytes) <= bytes.length * 8)
        .map(bytes -> subnet);
  }

  /** Whether an address, in digits, is in the range. */
  public boolean holds(String address) {
    Optional<byte[]> one = bytes(address);
    Optional<byte[]> other = bytes(base());
    if (one.isEmpty() || other.isEmpty() || one.get().length != other.get().length) {
      return false;
    }
    int bits = bits(other.get());
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((one.get()[i / 8] & mask) != (other.get()[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private String base() {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  private int bits(byte[] bytes) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return bytes.length * 8;
    }
    String number = text.substring(slash + 1);
    return number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : -1;
  }

  private static Optional<byte[]> bytes(String address) {
    if (!address.matches("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
