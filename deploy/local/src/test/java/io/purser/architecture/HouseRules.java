package io.purser.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The rules of the house, for classes under any root, so that each can be seen to fail on a planted breach. */
final class HouseRules {

    private static final int MOST_PARAMETERS = 6;

    /** Classes through which a pure layer would reach the world. */
    private static final DescribedPredicate<JavaClass> THE_WORLD = DescribedPredicate.describe(
            "files, sockets, processes or threads",
            type -> Set.of(
                                    "java.io.File",
                                    "java.io.RandomAccessFile",
                                    "java.lang.Process",
                                    "java.lang.ProcessBuilder",
                                    "java.lang.ProcessHandle",
                                    "java.lang.Runtime",
                                    "java.lang.Thread",
                                    "java.nio.file.Files",
                                    "java.nio.file.FileSystems",
                                    "java.time.Clock")
                            .contains(type.getName())
                    || type.getName().startsWith("java.io.File")
                    || type.getPackageName().startsWith("java.net.http")
                    || type.getPackageName().startsWith("java.nio.channels")
                    || type.getPackageName().startsWith("java.util.concurrent")
                    || (type.getPackageName().equals("java.net")
                            && type.getSimpleName().endsWith("Socket")));

    /** Takes a thread for its stack alone and waits for it: what it computes stays a function of what it is given. */
    private static final DescribedPredicate<JavaClass> ITS_STACK =
            DescribedPredicate.describe("the deep stack of the template language", type -> type.getName()
                    .startsWith("io.purser.agent.template.eval.DeepStack"));

    /** Calls by which a pure layer would read the clock or the environment. */
    private static final DescribedPredicate<JavaAccess<?>> CLOCK_OR_ENVIRONMENT =
            DescribedPredicate.describe("the clock or the environment", access -> {
                AccessTarget target = access.getTarget();
                String owner = target.getOwner().getName();
                String name = target.getName();
                return (owner.startsWith("java.time.") && name.equals("now"))
                        || (owner.equals("java.lang.System")
                                && Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "out", "err", "in")
                                        .contains(name));
            });

    private HouseRules() {}

    /** All rules by name, for the classes under {@code root}. */
    static Map<String, ArchRule> under(String root) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("every class is in a declared layer", everyClassInALayer(root));
        for (Layer layer : Layer.values()) {
            rules.put(layer + " uses only the layers below it", layerUsesOnlyLayersBelow(layer, root));
        }
        rules.put("pure layers do not touch the world", pureLayersStayPure(root));
        rules.put("pure layers read neither clock nor environment", pureLayersAreTimeless(root));
        rules.put("the store's driver stays in agent.vault", driverStaysInVault(root));
        rules.put("the agent needs no server library", agentStaysSmall(root));
        rules.put("packages have no cycles", noCycles(root));
        rules.put("names are the field's terms", fieldNames(root));
        rules.put("no package for leftovers", noLeftoverPackages(root));
        rules.put("methods have few parameters", fewParameters(root));
        return rules;
    }

    private static ArchRule everyClassInALayer(String root) {
        String[] declared = Arrays.stream(Layer.values())
                .map(layer -> layer.packagesUnder(root))
                .toArray(String[]::new);
        return classes().that().resideInAPackage(root + "..").should().resideInAnyPackage(declared);
    }

    private static ArchRule layerUsesOnlyLayersBelow(Layer layer, String root) {
        Set<Layer> allowed = EnumSet.of(layer);
        allowed.addAll(layer.below());
        String[] forbidden = EnumSet.complementOf(EnumSet.copyOf(allowed)).stream()
                .map(other -> other.packagesUnder(root))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(layer.packagesUnder(root))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .allowEmptyShould(true);
    }

    private static ArchRule pureLayersStayPure(String root) {
        return noClasses()
                .that(resideInAnyPackage(pureLayers(root)).and(not(ITS_STACK)))
                .should()
                .dependOnClassesThat(THE_WORLD);
    }

    private static ArchRule pureLayersAreTimeless(String root) {
        return classes().that(resideInAnyPackage(pureLayers(root))).should(neverAccess(CLOCK_OR_ENVIRONMENT));
    }

    private static ArchRule driverStaysInVault(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(Layer.AGENT_VAULT.packagesUnder(root), Layer.LOCAL.packagesUnder(root))
                .should()
                .dependOnClassesThat(resideInAPackage("com.bettercloud..")
                        .and(DescribedPredicate.not(resideInAPackage("com.bettercloud.vault.json.."))));
    }

    private static ArchRule agentStaysSmall(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".agent..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.vertx..", "io.netty..", "com.fasterxml..", "io.fabric8..", "picocli..", "org.slf4j.."));
    }

    private static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private static ArchRule fieldNames(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Processor")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Data")
                .orShould()
                .haveSimpleNameEndingWith("Info");
    }

    private static ArchRule noLeftoverPackages(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage("..common..", "..util..", "..utils..", "..misc..");
    }

    private static ArchRule fewParameters(String root) {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<JavaMethod>("have at most " + MOST_PARAMETERS + " parameters") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean written = !method.getModifiers().contains(JavaModifier.SYNTHETIC);
                        int count = method.getRawParameterTypes().size();
                        if (written && count > MOST_PARAMETERS) {
                            events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " has " + count + " parameters"));
                        }
                    }
                });
    }

    private static ArchCondition<JavaClass> neverAccess(DescribedPredicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>("never access " + forbidden.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                        .filter(forbidden)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(type, access.getDescription())));
            }
        };
    }

    private static String[] pureLayers(String root) {
        return Arrays.stream(Layer.values())
                .filter(Layer::isPure)
                .map(layer -> layer.packagesUnder(root))
                .toArray(String[]::new);
    }
}
