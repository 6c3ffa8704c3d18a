package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Plans of statements, shared by those that ask the same of other values. Planning takes some
 * milliseconds of processor time, many times what finding a plan takes.
 *
 * <p>A statement is looked for as it is written; then by its shape, under which is kept which of
 * its constants were lifted; then by that shape with the constants that were not.
 *
 * @param versions of the data that it is about
 * @param planning made only when there is something to plan
 */
record SharedSql(Planner plans, String versions, Supplier<SqlPlanner> planning) {
  /** A longer text is seldom asked again about other values. */
  private static final int LONGEST = 8 * 1024;

  /** Limits, which hold with the constants in their places too. */
  private static final Set<Code> AS_COSTLY_AGAIN = Set.of(Code.TOO_LARGE, Code.TOO_DEEP);

  Bound<Plan> plan(String text) {
    Optional<Plan> same = plans.known(versions, text, Plan.class);
    if (same.isPresent()) {
      return new Bound<>(same.get(), List.of());
    }
    if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
      return own(text);
    }
    SqlShape shape = SqlShape.of(text);
    Optional<Lifting> lifting = plans.known(versions, shape.form(), Lifting.class);
    return lifting.isPresent()
        ? lifted(text, shape, lifting.get())
        : Planner.guarded(() -> first(text, shape));
  }

  /** One plan for this text only. */
  private Bound<Plan> own(String text) {
    return new Bound<>(
        plans.kept(versions, text, Plan.class, () -> planning.get().plan(text)), List.of());
  }

  private Bound<Plan> lifted(String text, SqlShape shape, Lifting lifting) {
    Optional<List<Object>> values = shape.values(lifting);
    if (lifting.isEmpty() || values.isEmpty()) {
      return own(text);
    }
    return plans
        .known(versions, shape.key(lifting), Plan.class)
        .map(plan -> new Bound<>(plan, values.get()))
        .orElseGet(() -> Planner.guarded(() -> first(text, shape)));
  }

  /** Plans with the constants lifted, unless that makes a difference. */
  private Bound<Plan> first(String text, SqlShape shape) {
    SqlText read = SqlText.parse(text);
    Lifting.Applied applied = Lifting.of(read, shape);
    Lifting lifting = applied.lifting();
    Optional<List<Object>> values = shape.values(lifting);
    Optional<Plan> plan =
        lifting.isEmpty() || values.isEmpty() ? Optional.empty() : lifted(read, applied);
    if (plan.isEmpty()) {
      Bound<Plan> own = own(text);
      plans.keep(versions, shape.form(), Lifting.NONE);
      return own;
    }
    plans.keep(versions, shape.form(), lifting);
    plans.keep(versions, shape.key(lifting), plan.get());
    return new Bound<>(plan.get(), values.get());
  }

  /** Empty when a constant may not be a parameter there, or would not come back in the plan. */
  private Optional<Plan> lifted(SqlText read, Lifting.Applied applied) {
    try {
      Plan plan = planning.get().plan(read, applied);
      return Optional.of(plan)
          .filter(each -> each.lifted() == applied.lifting().constants().size());
    } catch (Failure failure) {
      if (AS_COSTLY_AGAIN.contains(failure.code())) {
        throw failure;
      }
      return Optional.empty();
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }
}
