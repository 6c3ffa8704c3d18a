package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the rarer forms of addresses, and batches of all forms. */
final class FormMaker {
  private final Random random;
  private final AddressMaker plain;

  FormMaker(long seed) {
    this.random = new Random(seed);
    this.plain = new AddressMaker(seed + 1);
  }

  String address() {
    String condition = plain.condition(true, 1);
    return switch (random.nextInt(12)) {
      case 0 -> "JW301?$expand=ToegewezenProduct($apply=" + nested() + ")";
      case 1 ->
          "JW301?$expand=ToegewezenProduct($filter=$it/Header_BerichtVersie gt " + small() + ")";
      case 2 ->
          "JW301?$filter=ToegewezenProduct/$count($filter=" + condition + ";$search=45A04) gt 0";
      case 3 -> "JW301_ToegewezenProduct/$filter(" + condition + ")" + pick("", "/$count", "/$ref");
      case 4 -> "JW301_ToegewezenProduct?$apply=filter(" + condition + ")&$expand=JW301";
      case 5 -> "JW301_ToegewezenProduct?$apply=" + from();
      case 6 -> "JW301?$filter=Bericht_Id in @l&@l=[\"a\",\"" + small() + "\",null]";
      case 7 -> "JW301?$filter=isof(" + pick("Bericht_Id", "Header_BerichtVersie") + ",Edm.String)";
      case 8 -> "JW301?$search=" + search(2) + "&$select=Bericht_Id";
      case 9 -> "JW301?$compute=" + plain.value(false, 3) + " as N&$filter=N gt 1&$orderby=N desc";
      case 10 -> "JW301?$filter=ToegewezenProduct/any(p:p/Budget gt $it/Header_BerichtVersie)";
      default -> plain.valid();
    };
  }

  private String nested() {
    return pick(
        "aggregate($count as n,Budget with sum as s)",
        "groupby((Product_Code),aggregate($count as n))",
        "filter(" + plain.condition(true, 1) + ")/aggregate($count as n)",
        "topcount(" + small() + ",Budget);$expand=JW301",
        "compute(" + plain.value(true, 2) + " as D)/orderby(D desc)/top(1)");
  }

  private String from() {
    String method = pick("sum", "max", "min", "average", "countdistinct");
    String chain = "Budget with " + method + " from Product_Code with max";
    String longer = chain + pick("", " from Product_Categorie with sum") + " as x";
    return pick("", "groupby((Bericht_Id),").isEmpty()
        ? "aggregate(" + longer + ")"
        : "groupby((Bericht_Id),aggregate(" + longer + "))";
  }

  private String search(int depth) {
    return depth == 0
        ? pick("jansen", "\"de vries\"", "noord", "45A04")
        : pick("", "NOT ")
            + search(depth - 1)
            + pick(" ", " AND ", " OR ")
            + "("
            + search(depth - 1)
            + ")";
  }

  /** The body of a batch, as JSON or with parts. */
  String batch(boolean json) {
    List<String> requests = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      String method = pick("GET", "GET", "GET", "HEAD", "DELETE", "PATCH");
      String url = pick("", "/" + ServedData.ROOT) + address().replace(" ", "%20");
      requests.add(
          json
              ? "{\"id\":\"r%d\",\"method\":\"%s\",\"url\":\"%s\"}"
                  .formatted(i, method, url.replace("\\", "\\\\").replace("\"", "\\\""))
              : "--b\r\nContent-Type: application/http\r\n\r\n%s %s HTTP/1.1\r\n\r\n\r\n"
                  .formatted(method, url));
    }
    return json
        ? "{\"requests\":[" + String.join(",", requests) + "]}"
        : String.join("", requests) + "--b--\r\n";
  }

  String spoiled(String text) {
    return plain.spoiled(text);
  }

  private int small() {
    return random.nextInt(4);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
