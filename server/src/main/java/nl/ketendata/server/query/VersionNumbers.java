package nl.ketendata.server.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * Reads the text that names a version of one or more gemeenten: {@code 7} or {@code 9030x7-9031x4}.
 */
final class VersionNumbers {
  private static final Pattern ONE = Pattern.compile("([0-9]{4})x([0-9]{1,18})");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private VersionNumbers() {}

  /** The number of a version of a gemeente. */
  record Wanted(Gemeente gemeente, long number) {}

  /**
   * @param allowed the gemeenten that the caller sees now; who is not among them is not looked up
   * @throws Failure KD410 when the text names none or another gemeente
   */
  static List<Wanted> in(String version, List<Gemeente> allowed) {
    if (allowed.size() == 1 && NUMBER.matcher(version).matches()) {
      return List.of(new Wanted(allowed.get(0), Long.parseLong(version)));
    }
    List<Wanted> all = new ArrayList<>();
    for (String part : version.split("-", -1)) {
      Matcher matcher = ONE.matcher(part);
      Gemeente gemeente = matcher.matches() ? new Gemeente(matcher.group(1)) : new Gemeente("");
      if (!allowed.contains(gemeente)) {
        throw Failure.of(Code.VERSION_GONE, version);
      }
      all.add(new Wanted(gemeente, Long.parseLong(matcher.group(2))));
    }
    return all;
  }
}
