package nl.ketendata.server.generate.life;

import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.DeclaredLine;
import nl.ketendata.server.generate.contract.Provider;
import nl.ketendata.server.generate.contract.Providers;
import nl.ketendata.server.generate.message.Declarations;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/**
 * Providers declare each month what they delivered. A small provider saves up until it is worth a
 * message; a large one sends several.
 */
public final class Declaring {
  private static final int MOST_LINES = 60;
  private static final int ENOUGH_LINES = 6;
  private static final int MOST_QUIET_MONTHS = 3;
  private static final double SKIPPED = 0.02;
  private static final double CORRECTED = 0.012;

  private final World world;
  private final Providers providers;
  private final Declarations declarations;

  public Declaring(World world, Sheets sheets, Providers providers) {
    this.world = world;
    this.providers = providers;
    this.declarations = new Declarations(world, sheets);
  }

  /** Plans the declarations of a month that is over. */
  public void plan(int month) {
    for (Provider provider : providers.all()) {
      int day = Days.plusWorkdays(Days.firstOfMonth(month + 1), world.dice().between(1, 14));
      world.agenda().on(day, now -> declare(now, provider, month, 0));
    }
  }

  private boolean declare(Moment now, Provider provider, int month, int from) {
    List<Declarations.Line> lines = new ArrayList<>();
    int next = collect(provider, month, from, lines);
    if (lines.isEmpty()) {
      return false;
    }
    boolean first = from == 0;
    if (first && lines.size() < ENOUGH_LINES && provider.oneMoreQuietMonth() < MOST_QUIET_MONTHS) {
      return false;
    }
    provider.declared();
    declarations.send(now, provider, month, lines);
    if (next < provider.declarable().size()) {
      world.agenda().on(now.day(), later -> declare(later, provider, month, next));
    }
    return true;
  }

  /**
   * Collects the lines of one message.
   *
   * @return where to go on
   */
  private int collect(Provider provider, int month, int from, List<Declarations.Line> lines) {
    List<Assignment> declarable = provider.declarable();
    int at = from;
    while (at < declarable.size() && lines.size() < MOST_LINES) {
      Assignment assignment = declarable.get(at);
      if (isDone(assignment, month)) {
        declarable.set(at, declarable.get(declarable.size() - 1));
        declarable.remove(declarable.size() - 1);
        continue;
      }
      collect(assignment, month, lines);
      at++;
    }
    return at;
  }

  private static boolean isDone(Assignment assignment, int month) {
    int last = assignment.lastDay();
    return assignment.isDeleted()
        || last < assignment.begin()
        || last != Days.OPEN
            && assignment.declaredMonth() >= Days.month(last)
            && Days.month(last) < month;
  }

  private void collect(Assignment assignment, int month, List<Declarations.Line> lines) {
    if (assignment.begin() == Days.OPEN) {
      return;
    }
    int first = Math.max(Days.month(assignment.begin()), assignment.declaredMonth() + 1);
    int last = assignment.lastDay();
    int through = last == Days.OPEN ? month : Math.min(month, Days.month(last));
    for (int m = first; m <= through; m++) {
      if (!world.dice().chance(SKIPPED)) {
        lines.add(new Declarations.Line(assignment, m, draw(assignment, m)));
      }
    }
    if (assignment.lastLine().number() != 0 && world.dice().chance(CORRECTED)) {
      correct(assignment, lines);
    }
  }

  private DeclaredLine draw(Assignment assignment, int month) {
    int from = Math.max(Days.firstOfMonth(month), assignment.start());
    int to = Math.min(Days.lastOfMonth(month), assignment.end());
    int usual = assignment.offer().declared().monthly();
    int volume = Math.max(1, (int) (usual * (0.55 + 0.5 * world.dice().share())));
    return line(assignment, from, Math.max(from, to), volume);
  }

  private static DeclaredLine line(Assignment assignment, int from, int to, int volume) {
    int tariff = assignment.offer().declared().tariff();
    long amount = tariff == 0 ? volume : (long) volume * tariff;
    return new DeclaredLine(0, 0, from, to, volume, amount);
  }

  /** Takes the last line back and declares it anew with another volume (OP366). */
  private void correct(Assignment assignment, List<Declarations.Line> lines) {
    DeclaredLine wrong = assignment.lastLine();
    int month = Days.month(wrong.from());
    lines.add(new Declarations.Line(assignment, month, wrong.reversed()));
    int volume = Math.max(1, wrong.volume() + world.dice().between(-3, 4));
    lines.add(
        new Declarations.Line(
            assignment, month, line(assignment, wrong.from(), wrong.to(), volume)));
    assignment.declare(DeclaredLine.NONE);
  }
}
