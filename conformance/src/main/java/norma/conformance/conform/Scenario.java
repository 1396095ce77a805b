package norma.conformance.conform;

import norma.conformance.scenario.Script;

/**
 * A script with a name, and what a run of it must have exercised.
 *
 * @param name what the command line calls it
 * @param script its programs
 * @param requirements what makes a run count
 */
public record Scenario(String name, Script script, Requirements requirements) {}
