"""From sources to a site: chapters run, books built, what is kept between builds, the PDF."""
