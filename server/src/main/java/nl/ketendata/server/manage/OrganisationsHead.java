package nl.ketendata.server.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import nl.ketendata.schema.Product;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.PlainRefusal;
import nl.ketendata.server.organisation.Membership;
import nl.ketendata.server.organisation.Organisations;
import nl.ketendata.server.organisation.Register;
import nl.ketendata.server.organisation.RegisterFile;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Reach;

/**
 * {@code /organisaties}: which organisations there are, for the functioneel-beheerder.
 *
 * <pre>
 * GET    /organisaties             all, as they are today
 * PUT    /organisaties/GM9030      {"producten": ["ijw"], "voorgangers": ["GM9028"]}
 * PUT    /organisaties/REGIO-ZUID  {"gemeenten": {"GM9030": "2024-01-01/2026-01-01"}}
 * DELETE /organisaties/REGIO-ZUID  what is stated about it; no data
 * </pre>
 */
public final class OrganisationsHead implements Head {
  private final Organisations organisations;
  private final RegisterFile file;
  private final BiConsumer<Gemeente, Gemeente> allow;
  private final Noted noted;

  /**
   * @param allow has the code of a predecessor allowed in the deliveries of a gemeente
   */
  public OrganisationsHead(
      Organisations organisations,
      RegisterFile file,
      BiConsumer<Gemeente, Gemeente> allow,
      Auditor auditor) {
    this.organisations = organisations;
    this.file = file;
    this.allow = allow;
    this.noted = new Noted(auditor);
  }

  @Override
  public String segment() {
    return "organisaties";
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!Policy.allows(exchange.caller().role(), Action.MANAGE_ORGANISATIONS, Reach.INSTALLATION)) {
      throw Failure.of(Code.NOT_ALLOWED, exchange.caller().role().id());
    }
    Route route = Route.of(exchange, 1);
    if (route.size() == 0) {
      UsersHead.require(exchange, "GET");
      list(exchange);
      return;
    }
    UsersHead.require(exchange, "PUT", "DELETE");
    String id = route.part(0);
    if (exchange.method().equals("DELETE")) {
      Sent.of(exchange);
      file.change(
          register ->
              isGemeente(id)
                  ? register.without(Gemeente.parse(id))
                  : register.without(Register.group(id)));
    } else if (isGemeente(id)) {
      gemeente(Gemeente.parse(id), Sent.of(exchange, "producten", "voorgangers"));
    } else {
      group(Register.group(id), Sent.of(exchange, "gemeenten"));
    }
    String named = isGemeente(id) ? Gemeente.parse(id).id() : Register.group(id);
    noted.change(exchange, Act.ORGANISATIE_GEWIJZIGD, named, exchange.method());
    new Answer(exchange).done(false, "");
  }

  private static boolean isGemeente(String id) {
    return id.matches("(?i)GM[0-9]{4}");
  }

  private void gemeente(Gemeente gemeente, Sent sent) {
    Set<Product> products = EnumSet.noneOf(Product.class);
    for (String id : texts(sent, "producten", List.of("ijw", "iwmo"))) {
      products.add(
          Product.of(id)
              .orElseThrow(() -> Failure.of(Code.BODY_FIELD, "producten", id, "ijw, iwmo")));
    }
    List<Gemeente> before =
        texts(sent, "voorgangers", List.of()).stream().map(Gemeente::parse).toList();
    if (before.contains(gemeente)) {
      throw Failure.of(Code.BODY_FIELD, "voorgangers", gemeente.id(), "GM…");
    }
    file.change(
        register -> register.with(gemeente, served -> new Register.Served(products, before)));
    before.forEach(each -> allow.accept(gemeente, each));
  }

  private void group(String group, Sent sent) {
    JsonNode gemeenten = sent.node("gemeenten");
    if (!gemeenten.isObject() || gemeenten.isEmpty()) {
      throw Failure.of(Code.BODY_FIELD, "gemeenten", "", "{\"GM9030\": \"2024-01-01\"}");
    }
    List<Membership> members = new ArrayList<>();
    gemeenten
        .fields()
        .forEachRemaining(
            each -> members.add(Membership.parse(each.getKey() + "=" + each.getValue().asText())));
    file.change(
        register ->
            (register.groups().containsKey(group) ? register.without(group) : register)
                .with(group, members));
  }

  private static List<String> texts(Sent sent, String name, List<String> otherwise) {
    JsonNode array = sent.node(name);
    if (array.isMissingNode()) {
      return otherwise;
    }
    if (!array.isArray()) {
      throw Failure.of(Code.BODY_FIELD, name, array.asText(), "[…]");
    }
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private void list(Exchange exchange) throws IOException {
    ObjectNode body = Answer.JSON.createObjectNode();
    ArrayNode list = body.putArray("organisaties");
    for (Organisation organisation : organisations.all()) {
      ObjectNode one = list.addObject().put("organisatie", organisation.id());
      for (Product product : Product.values()) {
        ArrayNode shown = one.putArray(product.id());
        organisation.gemeenten(product).forEach(gemeente -> shown.add(gemeente.id()));
      }
    }
    new Answer(exchange).json(200, body);
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    PlainRefusal.write(exchange, failure);
  }
}
