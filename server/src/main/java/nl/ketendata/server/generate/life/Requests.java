package nl.ketendata.server.generate.life;

import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.contract.Provider;
import nl.ketendata.server.generate.message.AnswerMessages;
import nl.ketendata.server.generate.message.RequestMessages;
import nl.ketendata.server.generate.message.RequestMessages.Request;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Event;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Requests for an assignment: a provider asks, the gemeente grants, looks into it or rejects. */
final class Requests {
  private static final double TWO_PRODUCTS = 0.2;
  private static final double LATE = 0.08;
  private static final double UNANSWERED = 0.02;
  private static final double GRANTED = 0.84;
  private static final double IN_RESEARCH = 0.08;

  private final World world;
  private final RequestMessages messages;
  private final AnswerMessages answers;
  private final Assigning assigning;

  Requests(World world, Sheets sheets, AnswerMessages answers, Assigning assigning) {
    this.world = world;
    this.messages = new RequestMessages(world, sheets);
    this.answers = answers;
    this.assigning = assigning;
  }

  boolean ask(Moment now, Dossier dossier) {
    Dice dice = world.dice();
    List<Request> requests = new ArrayList<>();
    int count = dice.chance(TWO_PRODUCTS) ? 2 : 1;
    for (int i = 0; i < count; i++) {
      requests.add(draw(now, dossier.provider()));
    }
    if (messages.send(now, dossier, requests).isPresent()) {
      int again = Days.plusWorkdays(now.day(), dice.between(2, 8));
      world.agenda().on(again, later -> ask(later, dossier));
      return true;
    }
    decide(now, dossier, requests);
    return true;
  }

  private Request draw(Moment now, Provider provider) {
    Offer offer = world.dice().pick(provider.offers());
    int start = now.day() + world.dice().between(-10, 20);
    return new Request(provider.newReference(), offer, start, assigning.drawEnd(offer, start));
  }

  private void decide(Moment now, Dossier dossier, List<Request> requests) {
    Dice dice = world.dice();
    if (dice.chance(UNANSWERED)) {
      return;
    }
    int workdays = dice.chance(LATE) ? dice.between(6, 20) : dice.between(1, 5);
    int day = Days.plusWorkdays(now.day(), workdays);
    double share = dice.share();
    if (share < GRANTED) {
      world.agenda().on(day, later -> grant(later, dossier, requests));
      return;
    }
    for (Request request : requests) {
      Event event =
          share < GRANTED + IN_RESEARCH
              ? later -> research(later, dossier, request)
              : later -> reject(later, dossier, request);
      world.agenda().on(day, event);
    }
  }

  private boolean grant(Moment now, Dossier dossier, List<Request> requests) {
    List<Assignment> granted = new ArrayList<>();
    for (Request request : requests) {
      Assignment assignment =
          assigning.make(now, dossier, request.offer(), request.start(), request.end());
      assignment.honour(request.reference());
      granted.add(assignment);
    }
    return assigning.grant(now, dossier, granted);
  }

  private boolean research(Moment now, Dossier dossier, Request request) {
    answers.research(now, dossier.provider(), request.reference());
    Dice dice = world.dice();
    int day = Days.plusWorkdays(now.day(), dice.chance(LATE) ? 45 : dice.between(8, 38));
    Event event =
        dice.chance(0.6)
            ? later -> grant(later, dossier, List.of(request))
            : later -> reject(later, dossier, request);
    world.agenda().on(day, event);
    return true;
  }

  private boolean reject(Moment now, Dossier dossier, Request request) {
    answers.reject(now, dossier.provider(), request.reference());
    return true;
  }
}
