package io.purser.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the layers of all modules, and shows on planted breaches that each rule can fail. */
class ArchitectureTest {

    private static final String PRODUCT = "io.purser";
    private static final String PLANTED = "io.purser.planted";

    private static final JavaClasses PRODUCT_CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(PRODUCT);
    private static final JavaClasses PLANTED_CLASSES = new ClassFileImporter().importPackages(PLANTED);

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theProductKeeps(String name, ArchRule rule) {
        assertThat(rule.evaluate(PRODUCT_CLASSES).getFailureReport().getDetails())
                .isEmpty();
    }

    static Stream<Arguments> rules() {
        return HouseRules.under(PRODUCT).entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @Test
    void allModulesAreSeen() {
        assertThat(PRODUCT_CLASSES)
                .extracting(type -> type.getPackageName().split("\\.")[2])
                .contains("agent", "webhook", "certs", "local");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void aPlantedBreachIsSeen(String rule, String culprit) {
        Map<String, ArchRule> rules = HouseRules.under(PLANTED);
        assertThat(rules).containsKey(rule);
        assertThat(rules.get(rule).evaluate(PLANTED_CLASSES).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains(culprit));
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                Arguments.of("every class is in a declared layer", "planted.attic.Stray"),
                Arguments.of("AGENT_TEMPLATE uses only the layers below it", "planted.agent.template.LooksUp"),
                Arguments.of("WEBHOOK_PLAN uses only the layers below it", "planted.webhook.plan.UsesTheLease"),
                Arguments.of("pure layers do not touch the world", "planted.agent.lease.ReadsAFile"),
                Arguments.of("pure layers read neither clock nor environment", "planted.agent.lease.ReadsTheClock"),
                Arguments.of(
                        "pure layers read neither clock nor environment", "planted.webhook.plan.ReadsTheEnvironment"),
                Arguments.of("the store's driver stays in agent.vault", "planted.agent.run.UsesTheDriver"),
                Arguments.of("the agent needs no server library", "planted.agent.run.UsesVertx"),
                Arguments.of("packages have no cycles", "planted.webhook.http.Upstairs"),
                Arguments.of("names are the field's terms", "planted.agent.run.SecretManager"),
                Arguments.of("no package for leftovers", "planted.agent.run.util.Leftover"),
                Arguments.of("methods have few parameters", "planted.agent.run.SecretManager"));
    }
}
