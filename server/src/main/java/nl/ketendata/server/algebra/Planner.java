package nl.ketendata.server.algebra;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.ChangesQuestion;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.RowsQuestion;

/**
 * Questions in, plans out. A plan is kept for the version that it was made for, so asking again
 * costs no planning, nor does asking the same of another value.
 */
public final class Planner {
  private static final int PLANS_KEPT = 2_000;

  private final Map<Object, Object> plans =
      Collections.synchronizedMap(
          new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
              return size() > PLANS_KEPT;
            }
          });

  /** Rows, with one plan per level of expands. */
  public Bound<PlanTree> rows(Snapshot snapshot, RowsQuestion question) {
    Lifted lifted = Lifted.of(question.filter(), question.steps());
    PlanTree tree = tree(snapshot, question.where(lifted.filter(), lifted.steps()));
    // What makes no difference to the answer may have been left out, and its value with it.
    return tree.takes(lifted.values().size())
        ? new Bound<>(tree, lifted.values())
        : new Bound<>(tree(snapshot, question), List.of());
  }

  private PlanTree tree(Snapshot snapshot, RowsQuestion question) {
    return kept(
        snapshot.key(),
        question,
        PlanTree.class,
        () -> new QuestionPlanner(snapshot).rows(question));
  }

  /**
   * What happened to rows between two versions.
   *
   * @return the question's columns, the row key, and what became of the row: 0 it is there, 1 it no
   *     longer fulfils the condition, 2 it is gone
   */
  public Plan changes(Snapshot before, Snapshot now, ChangesQuestion question) {
    return kept(
        before.key() + " " + now.key(),
        question,
        Plan.class,
        () -> new ChangesPlanner(before, now).plan(question));
  }

  /** The number of rows. */
  public Bound<Plan> count(Snapshot snapshot, CountQuestion question) {
    Lifted lifted = Lifted.of(question.filter(), question.steps());
    Plan plan =
        counted(snapshot, new CountQuestion(question.table(), lifted.filter(), lifted.steps()));
    return plan.lifted() == lifted.values().size()
        ? new Bound<>(plan, lifted.values())
        : new Bound<>(counted(snapshot, question), List.of());
  }

  private Plan counted(Snapshot snapshot, CountQuestion question) {
    return kept(
        snapshot.key(), question, Plan.class, () -> new QuestionPlanner(snapshot).count(question));
  }

  /**
   * SQL over everything that the caller may see.
   *
   * @param organisation the catalog of unqualified names
   */
  public Bound<Plan> sql(
      Collection<Snapshot> snapshots, Optional<String> organisation, String text) {
    String versions =
        snapshots.stream().map(Snapshot::key).sorted().collect(Collectors.joining(" "))
            + organisation;
    return new SharedSql(this, versions, () -> SqlPlanner.over(snapshots, organisation)).plan(text);
  }

  <T> Optional<T> known(String versions, Object question, Class<T> type) {
    return Optional.ofNullable(plans.get(new Key(versions, question))).map(type::cast);
  }

  void keep(String versions, Object question, Object plan) {
    plans.put(new Key(versions, question), plan);
  }

  private record Key(String versions, Object question) {}

  /** Plans outside the lock: two equal questions at once may both be planned. */
  <T> T kept(String versions, Object question, Class<T> type, Supplier<T> planning) {
    Key key = new Key(versions, question);
    Object known = plans.get(key);
    if (known != null) {
      return type.cast(known);
    }
    T plan = guarded(planning);
    plans.put(key, plan);
    return plan;
  }

  /** Nothing that a caller wrote may end more than its own planning. */
  static <T> T guarded(Supplier<T> planning) {
    try {
      return planning.get();
    } catch (Failure failure) {
      throw failure;
    } catch (StackOverflowError e) {
      throw Failure.of(Code.TOO_DEEP, "meer", "100");
    } catch (AssertionError e) {
      throw Failure.of(Code.NOT_SUPPORTED, "Deze vorm van de vraag").causedBy(e);
    } catch (RuntimeException e) {
      throw within(e);
    }
  }

  /** Calcite wraps what is thrown inside it. */
  private static Failure within(RuntimeException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
    }
    return Failure.internal(thrown);
  }
}
