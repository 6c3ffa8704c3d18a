package nl.ketendata.server.settings;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What defaults are computed from.
 *
 * @param cores that this process may use
 * @param memory of the machine, or of the container when that is less
 */
public record Machine(int cores, DataSize memory) {

  /** The machine or container that this process runs on. */
  public static Machine here() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        Runtime.getRuntime().availableProcessors(), new DataSize(system.getTotalMemorySize()));
  }
}
