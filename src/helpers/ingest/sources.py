"""The raw files of the project: who made them, under which terms, and which table rests on which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A raw file and what must be said of it."""

    path: str
    """Path under the raw folder."""
    label: str
    terms: str
    """Name with version, and terms, as short as a source line under a figure needs them."""
    title: str
    version: str
    licence: str
    citation: str
    route: str
    """What readers are told: who made it, which release, under which terms, how to cite it and by which way it came
    to the project."""
    taken: str = ""
    """Day (or month, where only that is known) on which the file was taken from its producer; empty where unknown."""
    also: tuple[str, ...] = ()
    """Paths of further files that belong to it."""


_ACLED_TERMS = "ACLED Terms of Use: attribution, non-commercial; only aggregates of our own analysis are shared"
_ACLED_CITATION = (
    "ACLED, acleddata.com; Raleigh, C., Kishi, R. and Linke, A. (2023). Political instability patterns are "
    "obscured by conflict dataset scope conditions, sources, and coding choices. "
    "Humanities and Social Sciences Communications 10."
)
_UCDP_CITATION = (
    "Davies, S., Pettersson, T., Sollenberg, M. and Oberg, M. (2025). Organized violence 1989-2024. "
    "Journal of Peace Research; Sundberg, R. and Melander, E. (2013). Introducing the UCDP Georeferenced "
    "Event Dataset. Journal of Peace Research 50(4)."
)

SOURCES: dict[str, Source] = {
    "hdx": Source(
        "hdx/acled_mali_hdx_political_violence_admin2_month_1997-2026-04.xlsx",
        "ACLED through HDX, April 2026",
        "ACLED terms, non-commercial",
        "ACLED political violence in Mali by cercle and month, through the Humanitarian Data Exchange",
        "as of April 2026",
        _ACLED_TERMS,
        _ACLED_CITATION,
        "HDX dataset acled-data-for-mali; copy from the public repository MegPhapha/EduDisruption-Index",
        taken="2026-04",
    ),
    "acled_newer": Source(
        "acled/acled_mali_events_2017-01_2025-03.csv",
        "ACLED event exports of mid-2021 and spring 2025",
        "ACLED terms, non-commercial",
        "ACLED political-violence events in Mali, January 2017 to March 2025",
        "2017-2020: export of mid-2021; 2021-2025: vintage of spring 2025",
        _ACLED_TERMS,
        _ACLED_CITATION,
        "copies from the public repositories ValenGe/UZH_Seminar_UN_PKO and Huzair43/sahel-security-analysis",
        taken="2025-03",
    ),
    "acled_older": Source(
        "acled/acled_mali_events_1997-01_2020-07.csv",
        "ACLED event export of August 2020",
        "ACLED terms, non-commercial",
        "ACLED events in Mali, January 1997 to July 2020",
        "HDX export of August 2020",
        _ACLED_TERMS,
        _ACLED_CITATION,
        "copy from the public repository alegalli/conflictSahel",
        taken="2020-08",
    ),
    "ucdp_years": Source(
        "ucdp/organizedviolencecy_v25_1.csv",
        "UCDP Country-Year 25.1",
        "CC BY 4.0",
        "UCDP Country-Year Dataset on Organized Violence within Country Borders",
        "25.1",
        "CC BY 4.0",
        _UCDP_CITATION,
        "copy from the public repository Mixzpai/UCDP_Dashboard",
    ),
    "ucdp_months": Source(
        "ucdp/ucdp_panel_country_month_v25_1.csv",
        "UCDP GED 25.1 by month",
        "CC BY 4.0",
        "Country-month totals made from UCDP GED",
        "GED 25.1",
        "CC BY 4.0",
        _UCDP_CITATION,
        "copy from the public repository Ahmed-Ansari02/COMP0197_CW2",
    ),
    "ucdp_candidate": Source(
        "ucdp/ged_2025_trimmed_candidate_v25_01_25_12.csv",
        "UCDP Candidate Events of 2025",
        "CC BY 4.0",
        "UCDP Candidate Events of 2025",
        "25.01.25.12 (inferred from the file's name)",
        "CC BY 4.0",
        _UCDP_CITATION,
        "copy from the public repository stvbao/AtrocityViz",
    ),
    "boundaries": Source(
        "geo/geoboundaries_mli_adm2_simplified.geojson",
        "geoBoundaries, December 2023",
        "CC BY 4.0",
        "geoBoundaries gbOpen, Mali ADM2, simplified",
        "release of 12 December 2023",
        "CC BY 4.0",
        "Runfola, D. et al. (2020). geoBoundaries: A global database of political administrative boundaries. "
        "PLOS ONE 15(4): e0231866.",
        "copy from the public repository TheManInPink/Session-Ete-2026",
    ),
    "population": Source(
        "population/mali_population_admin2_2020.csv",
        "OCHA COD-PS population, labelled 2020",
        "CC BY",
        "OCHA Common Operational Dataset: population of Mali by cercle",
        "labelled 2020",
        "CC BY",
        "OCHA, Mali - Subnational Population Statistics (COD-PS).",
        "copy from the public repository MegPhapha/EduDisruption-Index",
    ),
    "places": Source(
        "geo/natural_earth_10m_populated_places_mali.csv",
        "Natural Earth",
        "public domain",
        "Natural Earth 1:10m populated places",
        "10m",
        "public domain",
        "Made with Natural Earth.",
        "copy from the public repository martynafford/natural-earth-geojson",
    ),
    "acled_weekly": Source(
        "acled/acled_weekly_mali_1997-01_2026-03-20.csv",
        "ACLED weekly aggregates, March 2026",
        "ACLED terms, non-commercial",
        "ACLED aggregates of Mali by week, region and sub-event type, to the week that ends on 20 March 2026",
        "Africa aggregated data up to the week of 14 March 2026",
        _ACLED_TERMS,
        _ACLED_CITATION,
        "Mali's rows of the copy in the public repository "
        "Sanjomwa/Civil-Liberties-and-Censorship-Analysis-with-Bruin (commit f44e6e3)",
        taken="2026-03-28",
    ),
    "ucdp_recent": Source(
        "ucdp/wopr/country-month.csv",
        "UCDP GED 26.1 and Candidate Events to May 2026",
        "CC BY 4.0",
        "UCDP GED 26.1 and Candidate Events of January to May 2026, by country and month, and by dyad and month",
        "GED 26.1; candidates 26.01.26.03, 26.0.4, 26.0.5",
        "CC BY 4.0",
        _UCDP_CITATION,
        "sums by country, dyad and month from the public repository KaraZajac/WOPR (commit 3a4104d)",
        taken="2026-07-16",
        also=("ucdp/wopr/dyad-month.csv", "ucdp/wopr/dyads.yaml", "ucdp/wopr/nonstate.yaml", "ucdp/wopr/meta.yaml"),
    ),
    "schools": Source(
        "schools/mali_schools_2023.xlsx",
        "OCHA Mali, schools 2023",
        "CC BY",
        "Schools of eight regions of Mali, open or closed, 2023",
        "2023",
        "CC BY",
        "OCHA Mali, survey of schools in crisis regions, 2023, through the Humanitarian Data Exchange.",
        "copy from the public repository MegPhapha/EduDisruption-Index",
    ),
    "peacekeepers": Source(
        "minusma/DPPADPOSS-FATALITIES.csv",
        "UN peacekeeper fatalities, April 2025",
        "UN open data, cite",
        "Fatalities in United Nations peace operations, UN Peace and Security Data Hub (DPPA-DPO)",
        "updated 4 April 2025",
        "UN open data; attribution",
        "United Nations, Peace and Security Data Hub, DPPADPOSS-FATALITIES.",
        "copy from the public repository iv-div/my-jupyter-portfolio",
        taken="2025-04-04",
    ),
    "geopko": Source(
        "minusma/FrontMap_v.2.3.csv",
        "Geo-PKO 2.3",
        "cite Cil et al. 2020",
        "Geocoded Peacekeeping Operations dataset (Geo-PKO), places of deployment",
        "2.3",
        "free for research with citation; terms of the data are not stated beside the copy",
        "Cil, D., Fjelde, H., Hultman, L. and Nilsson, D. (2020). Mapping blue helmets: Introducing the Geocoded "
        "Peacekeeping Operations (Geo-PKO) dataset. Journal of Peace Research 57(2).",
        "copy from the public repository geopko/Geo-PKO-Shiny-Dashboard",
    ),
    "views": Source(
        "forecasts/views_fatalities002_2025_07_t01_cm.csv",
        "VIEWS, vintages of 2024 and 2025",
        "CC BY-NC 4.0",
        "VIEWS: forecasts of deaths in state-based conflict, country by month and by year",
        "data to July 2024, September 2024, and July to October 2025",
        "CC BY-NC 4.0",
        "Hegre, H. et al. (2021). ViEWS2020: Revising and evaluating the ViEWS political Violence Early-Warning "
        "System. Journal of Peace Research 58(3).",
        "copies from the public repositories prio-data/views_outreach and aqib-ilyas/conflictlens",
        also=(
            "forecasts/views_fatalities002_2024_07_t01_cm.csv",
            "forecasts/views_cy_Sept-24.csv",
            "forecasts/views_cy_Aug-25.csv",
            "forecasts/views_cy_Sept-25.csv",
            "forecasts/views_cy_Oct-25_new_pipeline.csv",
            "forecasts/views_cy_Oct-25_old_pipeline.csv",
        ),
    ),
    "pace": Source(
        "forecasts/pace_mali_h12_all_vintages.csv",
        "PaCE, vintages to June 2026",
        "no licence stated; figures only",
        "PaCE: forecasts of deaths in organised violence by country and month, Mali",
        "vintages to June 2026",
        "no licence stated; rests on UCDP (CC BY 4.0)",
        "PaCE: Patterns of Conflict Emergence, Trinity College Dublin; Schincariol, T., Frank, H. and Chadefaux, T. "
        "(2025). Accounting for variability in conflict dynamics: A pattern-based predictive model. "
        "Journal of Peace Research, doi 10.1177/00223433251330790.",
        "Mali's column of the files of forecasts in the public repository conflictlab/Pace-map-risk (commit 0e30cc4)",
        taken="2026-07-01",
        also=("forecasts/pace_live_mali_6month_vs_ucdp.csv",),
    ),
    "communes": Source(
        "geo/menaka_taoudenit_from_communes_2019_simplified.geojson",
        "OCHA COD-AB communes, 2019",
        "producer DNCT / OCHA Mali",
        "Commune of Salam, from the communes of Mali (COD-AB, 2 August 2019), simplified",
        "2 August 2019",
        "not stated beside the copy; the producer's layers elsewhere are CC BY 4.0",
        "DNCT and OCHA Mali, Common Operational Dataset: administrative boundaries of Mali.",
        "made from the layer of communes in the public repository WFP-VAM/RBD_CHIPC_dataprocessing",
    ),
}

TABLE_SOURCES: dict[str, tuple[str, ...]] = {
    "totals": ("hdx",),
    "cercle_halves": ("hdx",),
    "cercle_months": ("hdx",),
    "actors": ("acled_older", "acled_newer"),
    "footprint": ("acled_older", "acled_newer"),
    "areas": ("acled_older", "acled_newer"),
    "differences": ("acled_older", "acled_newer", "hdx"),
    "vintages": ("acled_older", "acled_newer"),
    "ucdp_years": ("ucdp_years",),
    "ucdp_months": ("ucdp_months", "ucdp_candidate"),
    "ucdp_dyads": ("ucdp_years", "ucdp_candidate"),
    "regions": ("boundaries", "population"),
    "cercles": ("boundaries", "population"),
    "places": ("places", "boundaries"),
    "methods": ("acled_weekly",),
    "method_differences": ("acled_weekly", "acled_older", "acled_newer", "hdx"),
    "ucdp_types": ("ucdp_recent",),
    "ucdp_dyad_months": ("ucdp_recent",),
    "schools": ("schools",),
    "peacekeepers": ("peacekeepers",),
    "un_bases": ("geopko", "boundaries"),
    "forecasts": ("views", "pace"),
    "standing": ("hdx", "acled_older", "acled_newer", "ucdp_recent"),
}

SHAPE_SOURCES: dict[str, tuple[str, ...]] = {
    "regions": ("boundaries",),
    "cercles": ("boundaries",),
    "taoudenit": ("communes",),
}
