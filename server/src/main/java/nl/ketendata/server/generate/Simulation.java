package nl.ketendata.server.generate;

import java.io.IOException;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Providers;
import nl.ketendata.server.generate.life.Declaring;
import nl.ketendata.server.generate.life.Intake;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Event;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.Rhythm;
import nl.ketendata.server.generate.world.World;

/** Lets the days pass. */
final class Simulation {
  private static final int MESSAGES_PER_REPORT = 1_000;

  private final World world;
  private final Intake intake;
  private final Declaring declaring;
  private long done;

  Simulation(World world, Sheets sheets) {
    this.world = world;
    Providers providers = new Providers(world);
    intake = new Intake(world, sheets, providers);
    declaring = new Declaring(world, sheets, providers);
  }

  void run(Deliveries deliveries, Progress progress) throws IOException {
    Rhythm rhythm = world.rhythm();
    for (int day = rhythm.first(); day < rhythm.last(); day++) {
      deliveries.reach(day);
      world.agenda().begin(day);
      if (day == Days.firstOfMonth(Days.month(day))) {
        intake.tidy(day);
        declaring.plan(Days.month(day) - 1);
      }
      for (Moment now : rhythm.moments(day, rhythm.quota(day), world.dice())) {
        sendOne(now);
        if (++done % MESSAGES_PER_REPORT == 0) {
          progress.reached(done, world.messages());
        }
      }
    }
    progress.reached(done, world.messages());
  }

  private void sendOne(Moment now) {
    for (Optional<Event> due = world.agenda().next();
        due.isPresent();
        due = world.agenda().next()) {
      if (due.get().happen(now)) {
        return;
      }
    }
    intake.happen(now);
  }
}
