package nl.ketendata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.settings.DataSize;
import nl.ketendata.server.settings.Machine;
import nl.ketendata.server.settings.SettingsReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestConfigurationTest {

  @ParameterizedTest
  @CsvSource({"200, 128", "2000, 500", "6400, 1024", "64000, 1024"})
  void aQuarterOfTheContainerBuildsAVersionUpToWhatHelps(long container, long builds) {
    var machine = new Machine(2, DataSize.megabytes(container));
    var settings = new SettingsReader(machine).read(Optional.empty(), Map.of());
    assertThat(IngestConfiguration.of(settings).build().memoryMegabytes()).isEqualTo(builds);
  }
}
