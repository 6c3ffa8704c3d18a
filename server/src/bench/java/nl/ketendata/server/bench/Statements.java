package nl.ketendata.server.bench;

import java.util.List;

/** Twenty questions as analysts ask them; {@code :n} stands for a number that makes each unique. */
final class Statements {
  static final List<String> ANALYTIC =
      List.of(
          "select count(*) from JW301 where Header_BerichtVersie <> :n",
          "select Product_Categorie, count(*) from JW301_ToegewezenProduct where coalesce(Budget,"
              + " 0) <> :n group by Product_Categorie",
          "select extract(year from Ingangsdatum) j, Product_Code, count(*) n from"
              + " JW301_ToegewezenProduct where coalesce(Omvang_Volume, 0) <> :n group by 1, 2"
              + " order by n desc",
          "select a.Uitwisseling_Ontvanger, count(*) n, sum(p.Omvang_Volume) from JW301 a join"
              + " JW301_ToegewezenProduct p using (Bericht_Id) where coalesce(p.Budget, 0) <> :n"
              + " group by 1 order by n desc fetch first 20 rows only",
          "select ProductCode, sum(IngediendBedrag_Bedrag) from JW323_Prestatie where"
              + " GeleverdVolume <> :n group by ProductCode order by 2 desc",
          "select extract(year from ProductPeriode_Begindatum) j, extract(month from"
              + " ProductPeriode_Begindatum) m, sum(IngediendBedrag_Bedrag) from JW323_Prestatie"
              + " where IngediendBedrag_Bedrag <> :n group by 1, 2 order by 1, 2",
          "select count(distinct Client_Bsn) from JW301 where Header_BerichtVersie <> :n",
          "select p.ToewijzingNummer, count(*) from JW301_ToegewezenProduct p where"
              + " coalesce(Budget, 0) <> :n group by p.ToewijzingNummer having count(*) > 1",
          "select count(*) from JW301_ToegewezenProduct p where not exists (select 1 from"
              + " JW305_StartProduct s where s.ToewijzingNummer = p.ToewijzingNummer) and"
              + " coalesce(p.Budget, 0) <> :n",
          "select count(*) from JW323_Prestatie where ToewijzingNummer in (select ToewijzingNummer"
              + " from JW301_ToegewezenProduct where coalesce(Budget, 0) <> :n)",
          "select * from (select ToewijzingNummer, Toewijzingsdatum, row_number() over (partition"
              + " by ToewijzingNummer order by Toewijzingsdatum desc nulls last) r from"
              + " JW301_ToegewezenProduct where coalesce(Budget, 0) <> :n) where r = 1",
          "select ProductCategorie, avg(ProductTarief), min(ProductTarief), max(ProductTarief) from"
              + " JW323_Prestatie where ProductTarief <> :n group by ProductCategorie",
          "with k as (select ToewijzingNummer, sum(IngediendBedrag_Bedrag) b from JW323_Prestatie"
              + " where GeleverdVolume <> :n group by 1) select p.Product_Categorie, sum(k.b) from"
              + " JW301_ToegewezenProduct p left join k on k.ToewijzingNummer = p.ToewijzingNummer"
              + " group by 1",
          "select case when Einddatum is null then 'open' else 'eindig' end s, count(*) from"
              + " JW301_ToegewezenProduct where coalesce(Budget, 0) <> :n group by case when"
              + " Einddatum is null then 'open' else 'eindig' end",
          "select c.Adres_Postcode, count(*) from JW301_ClientContact c join JW301 a using"
              + " (Bericht_Id) where a.Header_BerichtVersie <> :n group by c.Adres_Postcode order"
              + " by 2 desc fetch first 10 rows only",
          "select ProductCode, sum(sum(IngediendBedrag_Bedrag)) over (partition by ProductCode)"
              + " from JW323_Prestatie where GeleverdVolume <> :n group by ProductCode",
          "select Uitwisseling_Zender from JW305 where Header_BerichtVersie <> :n union select"
              + " Uitwisseling_Zender from JW307",
          "select * from JW301_ToegewezenProduct where Product_Code like '4%' and Ingangsdatum >="
              + " date '2024-01-01' and coalesce(Budget, 0) <> :n order by Ingangsdatum desc fetch"
              + " first 100 rows only",
          "select p.*, a.Client_Bsn from JW301 a join JW301_ToegewezenProduct p using (Bericht_Id)"
              + " left join JW301_ClientContact c using (Bericht_Id) where a.Header_BerichtVersie"
              + " <> :n",
          "select Product_Categorie, count(*) filter (where Einddatum is null),"
              + " percentile_cont(0.5) within group (order by Omvang_Volume) from"
              + " JW301_ToegewezenProduct where coalesce(Omvang_Volume, 0) <> :n group by"
              + " Product_Categorie");

  private Statements() {}

  static String text(String statement, int number) {
    return statement.replace(":n", Integer.toString(1_000_000 + number));
  }
}
