package nl.ketendata.server.generate.life;

import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.contract.Providers;
import nl.ketendata.server.generate.message.AnswerMessages;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** New clients, and new needs of known ones: what fills a day on which too little is due. */
public final class Intake {
  private static final double KNOWN_DOSSIER = 0.35;
  private static final double KNOWN_CLIENT = 0.25;
  private static final double TASK = 0.03;
  private static final double TWO_PRODUCTS = 0.15;
  private static final int TRIES = 6;

  private final World world;
  private final Providers providers;
  private final Requests requests;
  private final Assigning assigning;
  private final Care care;
  private final List<Dossier> dossiers = new ArrayList<>();

  public Intake(World world, Sheets sheets, Providers providers) {
    this.world = world;
    this.providers = providers;
    Reasons reasons = new Reasons(world);
    AnswerMessages answers = new AnswerMessages(world, sheets);
    care = new Care(world, sheets, reasons);
    assigning = new Assigning(world, sheets, reasons, care, answers);
    requests = new Requests(world, sheets, answers, assigning);
  }

  /** Sends one message that nobody waited for. */
  public void happen(Moment now) {
    Dice dice = world.dice();
    if (!dice.chance(KNOWN_DOSSIER) || !needMore(now)) {
      beginDossier(now);
    }
  }

  /** Another product or another version for somebody who has care; false when nobody was found. */
  private boolean needMore(Moment now) {
    for (int i = 0; i < TRIES && !dossiers.isEmpty(); i++) {
      int at = world.dice().below(dossiers.size());
      Dossier dossier = dossiers.get(at);
      List<Assignment> current = dossier.current(now.day());
      if (current.isEmpty()) {
        forget(at);
      } else if (world.dice().chance(0.7) && assigning.hasRoom(dossier, now.day())) {
        return assigning.grant(now, dossier, List.of(draw(now, dossier)));
      } else if (assigning.adjust(now, world.dice().pick(current))) {
        return true;
      }
    }
    return false;
  }

  private void forget(int at) {
    dossiers.set(at, dossiers.get(dossiers.size() - 1));
    dossiers.remove(dossiers.size() - 1);
  }

  private void beginDossier(Moment now) {
    Dice dice = world.dice();
    boolean known = !dossiers.isEmpty() && dice.chance(KNOWN_CLIENT);
    int client = known ? dice.pick(dossiers).client() : world.newClient();
    Dossier dossier = new Dossier(client, providers.draw());
    if (dice.chance(TASK)) {
      care.startTask(now, dossier, dice.pick(dossier.provider().offers()));
      return;
    }
    dossiers.add(dossier);
    if (dice.chance(world.isYouth() ? 0.5 : 0.3)) {
      requests.ask(now, dossier);
      return;
    }
    List<Assignment> assignments = new ArrayList<>();
    assignments.add(draw(now, dossier));
    if (dice.chance(TWO_PRODUCTS)) {
      assignments.add(draw(now, dossier));
    }
    assigning.grant(now, dossier, assignments);
  }

  private Assignment draw(Moment now, Dossier dossier) {
    Offer offer = world.dice().pick(dossier.provider().offers());
    int start = now.day() + world.dice().between(-15, 21);
    return assigning.make(now, dossier, offer, start, assigning.drawEnd(offer, start));
  }

  /** Forgets who has no care any more. */
  public void tidy(int day) {
    dossiers.removeIf(dossier -> dossier.current(day).isEmpty());
  }
}
