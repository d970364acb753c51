package io.purser.webhook.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final Map<Option, String> BASE =
            Map.of(Option.STORE_ADDRESS, "https://vault:8200", Option.CPU_LIMIT, "2");

    @Test
    void aPolicysSettingsArePutOverTheOperatorsOthers() {
        PolicyReader.Result result =
                PolicyReader.read("policies: {strict: {settings: {cpu-limit: 500m, run-as-user: 1000}}}", BASE);
        assertThat(result.violations()).isEmpty();
        Policy strict = result.policies().get("strict");
        assertThat(strict).isNotNull();
        assertThat(strict.settings().resources().cpuLimit()).isEqualTo(Quantity.parse("500m"));
        assertThat(strict.settings().store().address()).isEqualTo("https://vault:8200");
        Policy fallback = result.policies().get(null);
        assertThat(fallback).isNotNull();
        assertThat(fallback.settings().resources().cpuLimit()).isEqualTo(Quantity.parse("2"));
        assertThat(fallback.bounds()).isEqualTo(Policy.Bounds.NONE);
        assertThat(result.policies().get("unheard-of")).isNull();
    }

    @Test
    void nothingBehindANameIsTheSameAsNoName() {
        assertThat(PolicyReader.read("version:\npolicies:\n", BASE).violations())
                .isEmpty();
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        PolicyReader.Result result = PolicyReader.read("""
                version: 2
                polices: {}
                policies:
                  Strict!:
                    setings: {}
                    settings: {cpu-limit: lots, cpulimit: 1}
                    annotations: {purser.io/rolle: web, other.io/x: y}
                    bounds: {users: 9-1, maxCpu: many, roles: web, imgaes: []}
                    forbidden: all
                """, BASE);
        assertThat(result.violations())
                .extracting(Violation::annotation)
                .contains(
                        "version",
                        "policy.polices",
                        "policies.Strict!",
                        "policies.Strict!.setings",
                        "policies.Strict!.settings.cpu-limit",
                        "policies.Strict!.settings.cpulimit",
                        "policies.Strict!.annotations.purser.io/rolle",
                        "policies.Strict!.annotations.other.io/x",
                        "policies.Strict!.bounds.users",
                        "policies.Strict!.bounds.maxCpu",
                        "policies.Strict!.bounds.roles",
                        "policies.Strict!.bounds.imgaes",
                        "policies.Strict!.forbidden");
    }

    /** Each would allow more than is meant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | policy: the file is empty; give version: 1 and policies, or leave the file out",
                "'# nothing\n---\n' | policy: the file is empty; give version: 1 and policies, or leave the file out",
                "'policies:\n  a: {}\n  a: {bounds: {}}' | policy: the file is not YAML at line 3: found duplicate key a; correct it",
                "'policies: {a: {bounds: {proxies: []}}}' | policies.a.bounds.proxies: the list is empty and bounds nothing; leave it out, or give [\"\"] to allow none at all",
                "'policies: {a: {bounds: {roles: [\"{serviceAccount}\"]}}}' | policies.a.bounds.roles: there is no placeholder {serviceAccount}; perhaps {serviceaccount} is meant",
                "'policies: {a: {annotations: {purser.io/role: \"x-{namespce}\"}}}' | policies.a.annotations.purser.io/role: there is no placeholder {namespce}; perhaps {namespace} is meant",
            })
    void whatAllowsMoreThanIsMeantIsRefused(String yaml, String told) {
        assertThat(PolicyReader.read(yaml, BASE).violations())
                .extracting(Violation::toString)
                .contains(told);
    }

    @Test
    void bracesOfOtherThingsAreNoPlaceholders() {
        assertThat(PolicyReader.read("""
                        policies:
                          a:
                            annotations:
                              purser.io/template-x: "{{namespce}} {name}"
                              purser.io/command-x: "echo ${namespac} {namespace} {serviceaccount}"
                            forbidden: []
                        """, BASE).violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "'a: [b'",
                "'[1, 2]'",
                "'policies: [x]'",
                "'a: 1\na: 2'",
                "'policies: {default: {settings: {cpu-limit: &a [[*a]]}}}'"
            })
    void whatIsNoPolicyFileIsRefused(String yaml) {
        assertThat(PolicyReader.read(yaml, BASE).violations()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "web, web, true",
        "web, webs, false",
        "*, anything, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, ab, false",
        "a*a, a, false",
        "*mid*, in the mid of, true",
        "a*b*c, aXbYc, true",
        "a*bb*b, aXbb, false",
        "{namespace}-*, shop-web, true",
        "{namespace}-*, other-web, false",
        "{serviceaccount}, sa, true"
    })
    void patterns(String pattern, String value, boolean matches) {
        assertThat(new Glob(pattern).matches(value, Map.of("namespace", "shop", "serviceaccount", "sa")))
                .isEqualTo(matches);
    }
}
