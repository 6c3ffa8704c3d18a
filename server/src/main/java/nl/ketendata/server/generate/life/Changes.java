package nl.ketendata.server.generate.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.contract.Provider;
import nl.ketendata.server.generate.message.AnswerMessages;
import nl.ketendata.server.generate.message.ChangeMessages;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Requests for a change: a provider asks, the gemeente grants, looks into it or rejects. */
final class Changes {
  private static final double GRANTED = 0.75;
  private static final double WITH_ADDITION = 0.2;

  private final World world;
  private final ChangeMessages messages;
  private final AnswerMessages answers;
  private final Assigning assigning;

  Changes(World world, ChangeMessages messages, AnswerMessages answers, Assigning assigning) {
    this.world = world;
    this.messages = messages;
    this.answers = answers;
    this.assigning = assigning;
  }

  boolean ask(Moment now, Assignment assignment) {
    if (!assignment.isCurrent(now.day()) || assignment.isStopped()) {
      return false;
    }
    Dice dice = world.dice();
    Provider provider = assignment.provider();
    int reference = provider.newReference();
    List<Assignment> others = new ArrayList<>(assignment.dossier().current(now.day()));
    others.remove(assignment);
    Optional<Offer> addition =
        dice.chance(WITH_ADDITION) ? Optional.of(dice.pick(provider.offers())) : Optional.empty();
    ChangeMessages.Change change = draw(now, assignment, addition);
    if (messages.send(now, reference, change, others).isPresent()) {
      return true;
    }
    int day = Days.plusWorkdays(now.day(), dice.between(1, 6));
    double share = dice.share();
    if (share < GRANTED) {
      world.agenda().on(day, later -> grant(later, reference, change));
    } else if (share < GRANTED + 0.1) {
      world.agenda().on(day, later -> research(later, reference, change));
    } else {
      world.agenda().on(day, later -> reject(later, provider, reference));
    }
    return true;
  }

  private ChangeMessages.Change draw(Moment now, Assignment assignment, Optional<Offer> addition) {
    int start = now.day() + world.dice().between(1, 30);
    boolean open = assignment.end() == Days.OPEN;
    int end =
        open
            ? Days.lastOfMonth(Days.month(start) + 6)
            : Days.lastOfMonth(Days.month(assignment.end()) + world.dice().between(1, 6));
    int budget = assignment.budget() + assignment.budget() / 5;
    return new ChangeMessages.Change(assignment, start, end, assignment.volume(), budget, addition);
  }

  private boolean grant(Moment now, int reference, ChangeMessages.Change change) {
    Assignment assignment = change.assignment();
    if (assignment.isDeleted() || assignment.end() < now.day()) {
      return reject(now, assignment.provider(), reference);
    }
    assignment.endOn(change.end());
    assignment.assignBudget(change.budget());
    assignment.honour(reference);
    assignment.change(Reasons.ASKED_BY_PROVIDER);
    assignment.decide(now, world.dice().between(10, 1_500));
    List<Assignment> added = new ArrayList<>();
    change.addition().ifPresent(offer -> added.add(add(now, reference, change, offer)));
    if (added.isEmpty()) {
      return assigning.send(now, assignment.dossier(), List.of(assignment));
    }
    return assigning.grant(now, assignment.dossier(), added);
  }

  private Assignment add(Moment now, int reference, ChangeMessages.Change change, Offer offer) {
    Assignment added =
        assigning.make(now, change.assignment().dossier(), offer, change.start(), change.end());
    added.honour(reference);
    return added;
  }

  private boolean research(Moment now, int reference, ChangeMessages.Change change) {
    answers.research(now, change.assignment().provider(), reference);
    int day = Days.plusWorkdays(now.day(), world.dice().between(8, 38));
    world.agenda().on(day, later -> grant(later, reference, change));
    return true;
  }

  private boolean reject(Moment now, Provider provider, int reference) {
    answers.reject(now, provider, reference);
    return true;
  }
}
