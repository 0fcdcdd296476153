//! Columns that cannot be compared, and numbers that are hard to work with.

use lantu_appraisal::dea::{
    Answer, Options, Orientation, Refusal, Returns, Side, Standing, radial, read, scale, slacks_based,
};
use lantu_appraisal::diagnostic::Code;

use super::solved;

#[test]
fn what_cannot_be_compared_is_refused() {
    let one = vec![vec![1.0, 2.0]];
    let refused = |inputs: &[Vec<f64>], outputs: &[Vec<f64>]| {
        let refusal = radial(inputs, outputs, &Options::default()).unwrap_err();
        assert!(!refusal.to_string().is_empty());
        let others =
            [slacks_based(inputs, outputs, Returns::Variable).err(), scale(inputs, outputs, Orientation::Input).err()];
        // A value that is none is not equal to itself.
        others.iter().for_each(|other| assert_eq!(format!("{other:?}"), format!("{:?}", Some(refusal))));
        refusal
    };
    assert_eq!(refused(&[], &one), Refusal::NoColumn(Side::Input));
    assert_eq!(refused(&one, &[]), Refusal::NoColumn(Side::Output));
    assert_eq!(refused(&[vec![]], &[vec![]]), Refusal::NoUnit);
    assert_eq!(refused(&one, &[vec![1.0]]), Refusal::Length { side: Side::Output, column: 0, found: 1, wanted: 2 });
    for value in [f64::NAN, f64::INFINITY, -1.0] {
        let refusal = refused(&[vec![1.0, value]], &one);
        assert!(matches!(refusal, Refusal::Value { side: Side::Input, column: 0, unit: 1, .. }), "{refusal:?}");
    }
    assert_eq!(refused(&one, &[vec![0.0, 1.0]]), Refusal::Nothing { side: Side::Output, unit: 0 });
}

#[test]
fn a_single_unit_and_equal_units_are_efficient() {
    for count in [1, 2, 300] {
        let (inputs, outputs) = (vec![vec![3.0; count]; 3], vec![vec![5.0; count]; 3]);
        for returns in [Returns::Constant, Returns::Variable, Returns::NonIncreasing, Returns::NonDecreasing] {
            for orientation in [Orientation::Input, Orientation::Output] {
                let options = Options { returns, orientation, ..Options::default() };
                for (unit, answer) in radial(&inputs, &outputs, &options).unwrap().iter().enumerate() {
                    let found = solved(answer);
                    assert_eq!((found.score, found.standing), (1.0, Standing::Efficient));
                    assert_eq!(found.peers, [(unit, 1.0)]);
                }
                // One that nothing is left to be compared with cannot have a score.
                let options = Options { super_efficiency: true, ..options };
                for answer in radial(&inputs, &outputs, &options).unwrap() {
                    match (count, orientation, returns) {
                        (1, Orientation::Output, Returns::Constant | Returns::NonIncreasing) => {
                            assert_eq!(solved(&answer).score, 0.0);
                        }
                        (1, ..) => assert!(matches!(answer, Answer::Infeasible(_)), "{answer:?}"),
                        _ => assert!((solved(&answer).score - 1.0).abs() < 1e-9),
                    }
                }
            }
        }
    }
}

/// Large and small units and columns side by side: certified, or told that it cannot be done.
#[test]
fn numbers_far_apart_end_with_an_answer() {
    let spread = |exponents: [i32; 6]| exponents.map(|exponent| 10.0_f64.powi(exponent)).to_vec();
    for (inputs, outputs) in [
        (vec![spread([-300, 0, 300, 5, -5, 1])], vec![spread([300, 0, -300, 1, 1, 1])]),
        (vec![spread([0, 1, 2, 3, 4, 5]), spread([-9, 9, -9, 9, -9, 9])], vec![spread([9, -9, 9, -9, 0, 0])]),
        (vec![vec![5e-324, 1.0, f64::MAX], vec![1.0, 1.0, 1.0]], vec![vec![1.0, f64::MAX, 5e-324]]),
    ] {
        for returns in [Returns::Constant, Returns::Variable] {
            for answer in radial(&inputs, &outputs, &Options { returns, ..Options::default() }).unwrap() {
                if let Some(solution) = answer.solution() {
                    assert!(!solution.score.is_nan(), "{solution:?}");
                }
            }
            slacks_based(&inputs, &outputs, returns).unwrap();
        }
    }
}

#[test]
fn rows_that_cannot_be_used_are_told_with_their_line() {
    let text = "\u{feff}# made up\nname,a,b,y\nx,1,2,3\n\n,1,1,1\nx,2,2,2\nw,1,-1,1\nv,0,0,1\nu,1,1,0\nt,1\ns,nan,1e999,1\nr,4,0,2\n";
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let (units, problems) = read(text, "name", &names(&["a", "b"]), &names(&["y"]));
    let units = units.unwrap();
    assert_eq!(units.ids, ["x", "r"]);
    assert_eq!((units.inputs, units.outputs), (vec![vec![1.0, 4.0], vec![2.0, 0.0]], vec![vec![3.0, 2.0]]));
    let told: Vec<(usize, Code)> = problems.iter().map(|problem| (problem.line, problem.code)).collect();
    let wanted = [
        (5, Code::BadId),
        (6, Code::BadId),
        (7, Code::BadNumber),
        (8, Code::NoValue),
        (9, Code::NoValue),
        (10, Code::BadNumber),
        (10, Code::BadNumber),
        (11, Code::BadNumber),
        (11, Code::BadNumber),
        // A field too few.
        (10, Code::NotATable),
    ];
    assert_eq!(told, wanted);
    let (units, problems) = read("name,a\nx,1\n", "name", &names(&["a", "b"]), &names(&["y"]));
    assert!(units.is_none());
    assert_eq!(problems.len(), 2);
    assert!(read("", "name", &names(&["a"]), &names(&["y"])).0.is_none());
    assert!(read("name,a,y\n", "name", &names(&["a"]), &names(&["y"])).0.is_none());
}
