package dev.vloop.spring;

import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Properties of loops that Boot passes over: misspelt ones, and those of a loop whose name needs brackets and has none. */
final class MisspeltProperties {
    private static final ConfigurationPropertyName LOOPS = ConfigurationPropertyName.of("vloop.loops");

    /** The components of {@link VloopProperties.One}. */
    private static final Set<String> KNOWN = Set.of("enabled", "every", "cron", "zone");

    private MisspeltProperties() {}

    /** {@return their names, sorted} */
    static List<String> in(Environment environment) {
        if (!(environment instanceof ConfigurableEnvironment configurable)) {
            return List.of();
        }
        return StreamSupport.stream(
                        ConfigurationPropertySources.from(configurable.getPropertySources())
                                .spliterator(),
                        false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(name -> LOOPS.isAncestorOf(name) && !isKnown(name))
                .map(ConfigurationPropertyName::toString)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isKnown(ConfigurationPropertyName name) {
        return name.getNumberOfElements() == LOOPS.getNumberOfElements() + 2
                && KNOWN.contains(name.getLastElement(Form.UNIFORM));
    }
}
