namespace PublicService.Workflows.Expressions;

/// <summary>What a value of a <see cref="TypeAlias"/> looks like as JSON, and so how it is converted (contract B.1, E.0).</summary>
public enum ValueKind
{
    /// <summary>Any JSON value.</summary>
    Any,

    /// <summary>JSON text.</summary>
    String,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Whole number; <see cref="TypeAlias.Smallest"/> and <see cref="TypeAlias.Largest"/> bound it.</summary>
    Integer,

    /// <summary>Double number.</summary>
    Real,

    /// <summary>Number that keeps its decimal digits.</summary>
    Decimal,

    /// <summary>Text <c>8-4-4-4-12</c>.</summary>
    Guid,

    /// <summary>ISO 8601 text, with <c>Z</c> or offset when it has one.</summary>
    DateTime,

    /// <summary>ISO 8601 text with offset.</summary>
    DateTimeOffset,

    /// <summary>Text <c>yyyy-MM-dd</c>.</summary>
    DateOnly,

    /// <summary>.NET text <c>[d.]hh:mm:ss[.fffffff]</c>.</summary>
    TimeSpan,

    /// <summary>Base64 text.</summary>
    Bytes,

    /// <summary>JSON object.</summary>
    Map,

    /// <summary>JSON array whose items are of <see cref="TypeAlias.Element"/>.</summary>
    List,

    /// <summary>Text that is one of <see cref="TypeAlias.Members"/>.</summary>
    Enumeration,
}
