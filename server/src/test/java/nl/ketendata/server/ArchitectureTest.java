package nl.ketendata.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** States the walls of the house: which package may use which, and where each library lives. */
class ArchitectureTest {
  private static final String ROOT = "nl.ketendata.server.";

  /** Own packages that a package may use, besides itself and the schema. */
  private static final Map<String, Set<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("failure", Set.of()),
              Map.entry("policy", Set.of("failure")),
              Map.entry("event", Set.of("failure")),
              Map.entry("settings", Set.of("failure")),
              Map.entry("audit", Set.of()),
              Map.entry("share", Set.of("failure")),
              Map.entry("question", Set.of()),
              Map.entry("delivery", Set.of("failure")),
              Map.entry("store", Set.of("failure", "policy")),
              Map.entry("ingest", Set.of("failure", "policy", "delivery", "store")),
              Map.entry(
                  "intake",
                  Set.of(
                      "failure",
                      "policy",
                      "event",
                      "audit",
                      "delivery",
                      "ingest",
                      "store",
                      "http")),
              Map.entry("organisation", Set.of("failure", "policy")),
              Map.entry("generate", Set.of("failure", "policy")),
              Map.entry("lookup", Set.of("failure", "policy", "store")),
              Map.entry("algebra", Set.of("failure", "policy", "question", "store", "lookup")),
              Map.entry(
                  "query",
                  Set.of(
                      "failure",
                      "policy",
                      "event",
                      "audit",
                      "share",
                      "question",
                      "store",
                      "lookup",
                      "algebra")),
              Map.entry("identity", Set.of("failure", "policy", "event")),
              Map.entry(
                  "http",
                  Set.of("failure", "policy", "event", "audit", "share", "settings", "identity")),
              Map.entry(
                  "manage",
                  Set.of("failure", "policy", "audit", "identity", "organisation", "http")),
              Map.entry("admin", Set.of("failure", "event", "settings", "http")),
              Map.entry("odata", Set.of("failure", "policy", "question", "query", "http")),
              Map.entry("browse", Set.of("policy", "question", "query")),
              Map.entry("jdbc", Set.of("failure", "policy", "question", "query", "browse", "http")),
              Map.entry("console", Set.of("failure", "policy", "question", "query", "http")),
              Map.entry(
                  "flight",
                  Set.of(
                      "failure",
                      "policy",
                      "event",
                      "audit",
                      "question",
                      "query",
                      "browse",
                      "identity")),
              Map.entry("portal", Set.of("failure", "policy", "question", "query", "http"))));

  /** The packages that may know a library. */
  private static final Map<String, Set<String>> WALLS =
      Map.ofEntries(
          Map.entry("org.duckdb..", Set.of("store")),
          Map.entry("com.zaxxer..", Set.of("store")),
          Map.entry("org.apache.olingo..", Set.of("odata")),
          Map.entry("org.eclipse.jetty..", Set.of("http", "admin")),
          Map.entry("picocli..", Set.of("cli")),
          Map.entry("org.bouncycastle..", Set.of("identity")),
          Map.entry("com.nimbusds..", Set.of("identity")),
          Map.entry("org.dhatim..", Set.of("odata")),
          Map.entry("com.github.luben..", Set.of("http")),
          Map.entry("org.apache.arrow.flight..", Set.of("flight")),
          Map.entry("io.grpc..", Set.of("flight")),
          Map.entry("org.apache.commons.csv..", Set.of("delivery", "ingest", "generate")));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("nl.ketendata");

  @Test
  void noPackageNeedsItself() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void packagesUseOnlyWhatTheyMay() {
    MAY_USE.forEach(
        (name, allowed) -> {
          String[] forbidden =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(name) && !allowed.contains(other))
                  .map(other -> ROOT + other + "..")
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(ROOT + name + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden)
              .check(classes);
          noClasses()
              .that()
              .resideInAPackage(ROOT + name + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage("nl.ketendata.server", ROOT + "cli..")
              .check(classes);
        });
  }

  @Test
  void librariesStayBehindTheirWalls() {
    WALLS.forEach(
        (library, owners) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    owners.stream().map(owner -> ROOT + owner + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes));
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "algebra..", ROOT + "jdbc..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.calcite..")
        .check(classes);
  }

  @Test
  void calciteItselfIsOnlyKnownToTheAlgebra() {
    String[] core =
        Arrays.stream(new String[] {"plan", "prepare", "rel", "rex", "sql", "schema", "tools"})
            .map(part -> "org.apache.calcite." + part + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "algebra..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(core)
        .check(classes);
  }

  @Test
  void theSchemaNeedsOnlyTheJdk() {
    noClasses()
        .that()
        .resideInAPackage("nl.ketendata.schema..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "nl.ketendata.schema..")
        .check(classes);
  }

  @Test
  void nothingUsesServlets() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.servlet..", "jakarta.servlet..")
        .check(classes);
  }
}
