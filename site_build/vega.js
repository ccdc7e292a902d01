// What docs/assets/js/charts.js needs of Vega; site_build/vega.py makes one script of it.

export { View, parse } from "vega";
export { expressionInterpreter } from "vega-interpreter";
export { compile } from "vega-lite";
