package nl.ketendata.server.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Table;
import nl.ketendata.server.algebra.Snapshot;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Reading;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.store.DataVersion;
import nl.ketendata.server.store.Store;

/** What a caller sees of an organisation's versions: made once for all who see the same. */
final class Views {
  private static final int KEPT = 500;

  private static final Pattern PINNED = Pattern.compile("(.+)" + Snapshot.LOG + "([0-9]{1,18})");

  private static final Pattern VERSION = Pattern.compile("[0-9x-]{1,9000}");

  private final Catalogue catalogue;
  private final Store store;
  private final Policy policy;
  private final boolean withLog;
  private final Map<String, View> views = new ConcurrentHashMap<>();

  /**
   * @param withLog whether administrators see the log, too
   */
  Views(Catalogue catalogue, Store store, Policy policy, boolean withLog) {
    this.catalogue = catalogue;
    this.store = store;
    this.policy = policy;
    this.withLog = withLog;
  }

  /**
   * A snapshot as the algebra and as the heads know it.
   *
   * @param counts numbers of all rows by table, of those that were asked for: they never change
   */
  record View(Snapshot snapshot, Mounted mounted, Map<String, Long> counts) {
    View(Snapshot snapshot, Mounted mounted) {
      this(snapshot, mounted, new ConcurrentHashMap<>());
    }

    static View of(Snapshot snapshot) {
      return new View(
          snapshot,
          new Mounted(
              new Scope(snapshot.organisation().id(), snapshot.product()),
              snapshot.version(),
              snapshot.tables(),
              snapshot.joins()));
    }

    /**
     * @throws Failure KD410 when there is no log in it
     */
    View until(long line) {
      if (snapshot.log().isEmpty()) {
        throw Failure.of(Code.VERSION_GONE, mounted.version() + Snapshot.LOG + line);
      }
      Snapshot ended = snapshot.until(line);
      return new View(
          ended,
          new Mounted(
              mounted.scope(),
              ended.version(),
              mounted.tables(),
              mounted.joins(),
              mounted.shape()));
    }
  }

  /**
   * Whether a version is still kept.
   *
   * @param id of a {@link Mounted}
   */
  boolean keeps(String id) {
    return views.values().stream()
        .anyMatch(
            view ->
                view.mounted.id().equals(id)
                    && view.snapshot.versions().stream()
                        .allMatch(
                            version ->
                                store
                                    .version(
                                        version.gemeente(), version.product(), version.number())
                                    .isPresent()));
  }

  /** A gemeente of a hoofdorganisatie that has no data yet does not keep the others from theirs. */
  View current(Caller caller, Scope scope) {
    return found(caller, scope)
        .orElseThrow(() -> Failure.of(Code.UNKNOWN_ORGANISATION, scope.organisation()));
  }

  Optional<View> found(Caller caller, Scope scope) {
    Organisation organisation = caller.require(Action.DESCRIBE, scope.organisation());
    List<DataVersion> versions =
        organisation.gemeenten(scope.product()).stream()
            .flatMap(gemeente -> store.current(gemeente, scope.product()).stream())
            .toList();
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.of(view(caller, scope, organisation, versions));
  }

  View version(Caller caller, Scope scope, String version) {
    Matcher pinned = PINNED.matcher(version);
    if (pinned.matches()) {
      return version(caller, scope, pinned.group(1)).until(Long.parseLong(pinned.group(2)));
    }
    Organisation organisation = caller.require(Action.DESCRIBE, scope.organisation());
    if (!VERSION.matcher(version).matches()) {
      throw Failure.of(Code.VERSION_GONE, version);
    }
    List<DataVersion> versions =
        VersionNumbers.in(version, organisation.gemeenten(scope.product())).stream()
            .map(
                wanted ->
                    store
                        .version(wanted.gemeente(), scope.product(), wanted.number())
                        .orElseThrow(() -> Failure.of(Code.VERSION_GONE, version)))
            .toList();
    return view(caller, scope, organisation, versions);
  }

  private View view(
      Caller caller, Scope scope, Organisation organisation, List<DataVersion> versions) {
    Reading reading =
        policy
            .reading(caller.role())
            .orElseThrow(() -> Failure.of(Code.NOT_ALLOWED, caller.role().id()));
    Optional<Table> log =
        Optional.of(catalogue.auditlog(scope.product()))
            .filter(table -> withLog)
            .filter(table -> caller.may(Action.SEE_AUDIT, organisation.id()));
    String key =
        organisation.id()
            + "/"
            + reading.key()
            + (log.isPresent() ? "/logboek" : "")
            + versions.stream().map(DataVersion::catalog).reduce("", (a, b) -> a + " " + b);
    View known = views.get(key);
    if (known != null && same(known.snapshot.versions(), versions)) {
      return known;
    }
    if (views.size() > KEPT) {
      views.clear();
    }
    Snapshot snapshot =
        Snapshot.of(
            organisation,
            scope.product(),
            versions,
            catalogue.standard(scope.product()).joins(),
            reading,
            catalogue.codeLists(),
            log);
    View view = View.of(snapshot);
    views.put(key, view);
    return view;
  }

  /** A gemeente that was removed and came back has other data under the same numbers. */
  private static boolean same(List<DataVersion> known, List<DataVersion> versions) {
    return IntStream.range(0, versions.size()).allMatch(i -> known.get(i) == versions.get(i));
  }
}
